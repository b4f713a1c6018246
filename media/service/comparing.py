"""The same photo again: the same file, or a picture that looks the same, also when cut, framed, stamped or brightened.

`media.likeness` has the rule, docs/photos.md the measured rates. A match is shown to the verifier and decides nothing.
"""

from uuid import UUID

from backend import db
from media import likeness

_MATCHES_MAX = 20
_LIKELY_MAX = 60
"""Of a picture that is there hundreds of times, as from a camera that stands still, so many are looked at exactly."""

_ME = "SELECT hashes FROM photo WHERE id = $1"
BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
"""The server takes thousands of keys to be found in every row, and would hold each row's keys against all of them: of
20,000 photos that takes it half a minute, by the index 0.05 s."""
# LIMIT and OFFSET: what costs little first, and what costs much once for each that is left.
NEAR = f"""
    SELECT near.id, near.distance FROM (
        SELECT likely.id, {likeness.distance_sql("me", "likely")} AS distance
          FROM photo me CROSS JOIN LATERAL (
               SELECT other.id, other.hashes, other.phash, other.phash_inner, other.phash_core FROM photo other
                WHERE other.hash_keys && $2::integer[] AND other.id <> me.id
                  AND {likeness.may_be_alike_sql("me", "other")} LIMIT {_LIKELY_MAX}
               ) AS likely
         WHERE me.id = $1 OFFSET 0
    ) AS near
     WHERE near.distance IS NOT NULL ORDER BY near.distance LIMIT $3
"""
_NOTE = """
    INSERT INTO photo_match (photo_id, earlier_id, is_same_file, distance)
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
    hashes = await db.fetchval(_ME, photo_id)
    if not hashes:
        return
    async with db.transaction():
        await db.execute(BY_INDEX)
        near = await db.fetch(NEAR, photo_id, likeness.probes_of(hashes), _MATCHES_MAX)
    if near:
        await db.execute(_NOTE, photo_id, [row["id"] for row in near], [row["distance"] for row in near])
