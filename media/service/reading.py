"""What the QR symbols in a photo say, read from the original: a plate across the street is too small in a copy."""

from uuid import UUID

from backend import db
from media.decoder.messages import Symbols
from media.errors import PhotoGone, PhotoNotFound
from media.kinds import MediaKind
from media.runtime import current_runtime
from media.service.copying import boxes_of
from media.spool import work_folder


async def read_symbols(photo_id: UUID, owner_id: int) -> Symbols:
    """Read the symbols in one of the owner's photos; what was painted over stays unread.

    Raises PhotoNotFound, PhotoGone when the original is no longer kept, and what the decoder raises.
    """
    row = await db.fetchrow("SELECT * FROM photo WHERE id = $1 AND owner_id = $2", photo_id, owner_id)
    if row is None:
        raise PhotoNotFound()
    runtime = current_runtime()
    if row["thinned_at"] is not None:
        raise PhotoGone()
    async with work_folder(runtime.spool_dir) as folder:
        await runtime.originals.fetch(row["original_key"], folder / "source")
        return await runtime.decoder.find_symbols(MediaKind(row["media_type"]), folder / "source", boxes_of(row))
