"""The same photo again: the same file, or a picture that looks the same, also when cut, framed, stamped or brightened.

`media.likeness` has the rule, docs/photos.md the measured rates. A match is shown to the verifier and decides nothing.
"""

from uuid import UUID

from backend import db
from media import likeness

_MATCHES_MAX = 20

_ME = "SELECT hashes FROM photo WHERE id = $1"
# A reading statement of its own: within an INSERT the server would not share the work among its workers.
NEAR = f"""
    SELECT other.id, {likeness.distance_sql("me", "other")} AS distance
      FROM photo me JOIN photo other ON other.hash_keys && $2::integer[] AND other.id <> me.id
     WHERE me.id = $1 AND {likeness.distance_sql("me", "other")} IS NOT NULL
     ORDER BY 2 LIMIT $3
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
    near = await db.fetch(NEAR, photo_id, likeness.probes_of(hashes), _MATCHES_MAX)
    if near:
        await db.execute(_NOTE, photo_id, [row["id"] for row in near], [row["distance"] for row in near])
