"""Files that no row knows: left by a crash between the file and the row, or by an upload that was never finished."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from backend import db
from media import keys
from media.runtime import current_runtime
from media.storage import Storage, Stored
from media.structs import Variant

_BATCH = 500


@dataclass(slots=True)
class Strays:
    files: int = 0
    bytes: int = 0
    uploads: int = 0


async def sweep(before: datetime, now: datetime, *, is_dry_run: bool) -> Strays:
    """Remove strays older than `before`, and uploads that have expired; in a dry run only count them."""
    runtime, strays = current_runtime(), Strays()
    for storage, find in ((runtime.originals, _stray_originals), (runtime.shown, _stray_copies)):
        async for batch in _batches(storage, before):
            await _take(storage, await find(batch), strays, is_dry_run)
    for folder in await asyncio.to_thread(_old_below, runtime.spool_dir, before):
        strays.files += 1
        if not is_dry_run:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    strays.uploads = await _sweep_uploads(now, is_dry_run)
    return strays


async def _batches(storage: Storage, before: datetime) -> AsyncIterator[list[Stored]]:
    batch: list[Stored] = []
    async for stored in storage.every():
        if stored.stored_at < before:
            batch.append(stored)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


async def _take(storage: Storage, found: Iterable[Stored], strays: Strays, is_dry_run: bool) -> None:
    for stored in found:
        strays.files += 1
        strays.bytes += stored.size_bytes
        if not is_dry_run:
            await storage.delete(stored.key)


async def _stray_originals(batch: list[Stored]) -> list[Stored]:
    photos = {stored.key: keys.photo_of_original(stored.key) for stored in batch}
    whole = {photo_id for photo_id, state in (await _states(photos.values())).items() if not state[1]}
    return [stored for stored in batch if photos[stored.key] not in whole]


async def _stray_copies(batch: list[Stored]) -> list[Stored]:
    copies = {stored.key: keys.copy_of_shown(stored.key) for stored in batch}
    states = await _states(copy[0] for copy in copies.values() if copy)
    return [stored for stored in batch if not _is_current(copies[stored.key], states)]


def _is_current(copy: tuple[UUID, int, str] | None, states: dict[UUID, tuple[int, bool]]) -> bool:
    if copy is None or copy[0] not in states:
        return False
    photo_id, revision, variant = copy
    current, is_thinned = states[photo_id]
    return revision == current and not (is_thinned and variant == Variant.LARGE)


async def _states(photo_ids: Iterable[UUID | None]) -> dict[UUID, tuple[int, bool]]:
    """Of each photo that exists, its revision and whether only the thumbnail is left."""
    known_ids = [photo_id for photo_id in photo_ids if photo_id]
    rows = await db.fetch("SELECT id, revision, thinned_at FROM photo WHERE id = ANY($1::uuid[])", known_ids)
    return {row["id"]: (row["revision"], row["thinned_at"] is not None) for row in rows}


def _old_below(folder: Path, before: datetime) -> list[Path]:
    return [path for path in folder.iterdir() if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before]


async def _sweep_uploads(now: datetime, is_dry_run: bool) -> int:
    rows = await db.fetch("SELECT id, way FROM photo_upload WHERE expires_at < $1", now)
    for row in rows:
        if not is_dry_run:
            await current_runtime().drop_partial(row["id"])
            await db.execute("DELETE FROM photo_upload WHERE id = $1", row["id"])
    return len(rows)
