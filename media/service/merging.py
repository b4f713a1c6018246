"""Two owners are one person: photos and uploads of the one are the other's from now on (账号合并)."""

from backend import db

# Where both used a key, the photo that comes over is found by it no more.
_PHOTOS = """
    UPDATE photo p SET owner_id = $2, client_key = CASE WHEN EXISTS (
        SELECT FROM photo o WHERE o.owner_id = $2 AND o.client_key = p.client_key) THEN NULL ELSE p.client_key END
    WHERE p.owner_id = $1
"""
_UPLOADS = "UPDATE photo_upload SET owner_id = $2 WHERE owner_id = $1"


async def merge_owners(merged_id: int, survivor_id: int) -> None:
    """Within the transaction in which the one goes on as the other."""
    await db.execute(_PHOTOS, merged_id, survivor_id)
    await db.execute(_UPLOADS, merged_id, survivor_id)
