"""The same photo again: the same file, or a picture that looks the same, also when cut, scaled, blurred or brightened.

Two photos are alike when one of their hashes differs in few of 64 bits; docs/photos.md has the measured rates. A match
is shown to the verifier and decides nothing.
"""

from uuid import UUID

from backend import db

ALIKE_MAX_BITS = 8
_MATCHES_MAX = 20

_ME = "SELECT id, created_at, sha256, phash, phash_inner, phash_core FROM photo WHERE id = $1"
_DISTANCE = """
    least(bit_count((phash # $1)::bit(64)), bit_count((phash # $2)::bit(64)), bit_count((phash # $3)::bit(64)),
          bit_count((phash_inner # $1)::bit(64)), bit_count((phash_core # $1)::bit(64)))
"""
# A reading statement of its own: within an INSERT the server would not share the scan among its workers.
NEAR = f"SELECT id, {_DISTANCE} AS distance FROM photo WHERE {_DISTANCE} <= $4 AND id <> $5 ORDER BY 2 LIMIT $6"
_NOTE = """
    INSERT INTO photo_match (photo, earlier, is_same_file, distance)
    SELECT CASE WHEN is_later THEN me.id ELSE other.id END, CASE WHEN is_later THEN other.id ELSE me.id END,
           other.sha256 = me.sha256, near.distance
      FROM unnest($2::uuid[], $3::smallint[]) AS near(id, distance)
      JOIN photo other ON other.id = near.id
      JOIN photo me ON me.id = $1
     CROSS JOIN LATERAL (SELECT (me.created_at, me.id) > (other.created_at, other.id)) AS ages(is_later)
    ON CONFLICT ON CONSTRAINT photo_match_pair_once DO NOTHING
"""


async def look_for_alike(photo_id: UUID) -> None:
    """Note which other photos this one resembles. Safe to repeat."""
    me = await db.fetchrow(_ME, photo_id)
    if me is None:
        return
    hashes = (me["phash"], me["phash_inner"], me["phash_core"])
    near = await db.fetch(NEAR, *hashes, ALIKE_MAX_BITS, photo_id, _MATCHES_MAX)
    if near:
        await db.execute(_NOTE, photo_id, [row["id"] for row in near], [row["distance"] for row in near])
