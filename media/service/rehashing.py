"""Hashes for photos that came before there were any of their parts, a few at a time."""

import asyncpg

from backend import db
from media import keys, likeness
from media.errors import PhotoNotFound, PhotoRefused
from media.kinds import MediaKind
from media.runtime import MediaRuntime, current_runtime
from media.service.comparing import look_for_alike
from media.service.copying import THUMB_JPEG
from media.spool import work_folder
from media.structs import Variant

_BATCH = 500
_WITHOUT = "SELECT * FROM photo WHERE hashes = '{}' ORDER BY created_at DESC LIMIT $1"
_SET = "UPDATE photo SET hashes = $2, hash_keys = $3 WHERE id = $1 AND hashes = '{}'"


async def hash_parts_of_earlier(limit: int = _BATCH) -> int:
    """Hash the parts of photos that have none, the newest first, and look for their likes. Returns how many.

    Safe to repeat and to interrupt. A photo whose file is gone or broken keeps the hashes that it had.
    """
    rows = await db.fetch(_WITHOUT, limit)
    for row in rows:
        try:
            hashes = await _hashes(current_runtime(), row)
        except (PhotoNotFound, PhotoRefused):
            hashes = [row["phash"], row["phash"], row["phash_inner"], row["phash_core"]]
        await db.execute(_SET, row["id"], hashes, likeness.keys_of(hashes))
        await look_for_alike(row["id"])
    return len(rows)


async def _hashes(runtime: MediaRuntime, row: asyncpg.Record) -> list[int]:
    """Of the original, as at the gate; of the thumbnail where only that is left."""
    async with work_folder(runtime.spool_dir) as folder:
        source, target = folder / "source", folder / "copy"
        if row["thinned_at"] is None:
            kind = MediaKind(row["media_type"])
            await runtime.originals.fetch(row["original_key"], source)
        else:
            kind = MediaKind.JPEG
            await runtime.shown.fetch(keys.shown_key(row["id"], Variant.THUMB, row["revision"]), source)
        decoder = runtime.decoder
        found = await decoder.develop(kind, source, [THUMB_JPEG], [target], is_hashed=True, is_patient=True)
        return found.hashes
