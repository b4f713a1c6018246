"""The same photo again: the same file, or a picture that looks the same, also when cut, scaled, blurred or brightened.

Two photos are alike when one of their hashes differs in few of 64 bits; docs/photos.md has the measured rates. A match
is shown to the verifier and decides nothing.
"""

from uuid import UUID

from backend import db

ALIKE_MAX_BITS = 8
_MATCHES_MAX = 20

_LOOK = """
    WITH me AS (SELECT id, created_at, sha256, phash, phash_inner, phash_core FROM photo WHERE id = $1),
    near AS (
        SELECT other.id, least(
                   bit_count((other.phash # me.phash)::bit(64)),
                   bit_count((other.phash # me.phash_inner)::bit(64)),
                   bit_count((other.phash # me.phash_core)::bit(64)),
                   bit_count((other.phash_inner # me.phash)::bit(64)),
                   bit_count((other.phash_core # me.phash)::bit(64))) AS distance
          FROM photo other, me
    )
    INSERT INTO photo_match (photo, earlier, is_same_file, distance)
    SELECT CASE WHEN is_later THEN $1 ELSE id END, CASE WHEN is_later THEN id ELSE $1 END, is_same_file, distance
      FROM (SELECT near.id, near.distance, other.sha256 = me.sha256 AS is_same_file,
                   (me.created_at, me.id) > (other.created_at, other.id) AS is_later
              FROM near JOIN photo other ON other.id = near.id CROSS JOIN me
             WHERE near.distance <= $2 AND near.id <> me.id
             ORDER BY near.distance LIMIT $3) AS found
    ON CONFLICT ON CONSTRAINT photo_match_pair_once DO NOTHING
"""


async def look_for_alike(photo_id: UUID) -> None:
    """Note which other photos this one resembles. Safe to repeat."""
    await db.execute(_LOOK, photo_id, ALIKE_MAX_BITS, _MATCHES_MAX)
