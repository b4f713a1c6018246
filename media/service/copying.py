"""The copies that are shown: the large one soon after the photo came, WebP after that. Each can be made again."""

from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec

from backend import db
from backend.jobs import queue
from media import keys
from media.decoder.messages import Box, Output
from media.errors import PhotoGone
from media.kinds import MediaKind
from media.runtime import MediaRuntime, current_runtime
from media.service.comparing import look_for_alike
from media.spool import work_folder
from media.structs import Copy, Variant

MAKE_LARGE = "media.make_large"
MAKE_WEBP = "media.make_webp"
LARGE_JPEG = Output(side_px=Variant.LARGE.side_px, format="JPEG", quality=82)
THUMB_JPEG = Output(side_px=Variant.THUMB.side_px, format="JPEG", quality=80)
_WEBP = {
    Variant.LARGE: Output(side_px=Variant.LARGE.side_px, format="WEBP", quality=76),
    Variant.THUMB: Output(side_px=Variant.THUMB.side_px, format="WEBP", quality=74),
}
_LATER = -10
"""WebP saves the phone's data plan; nobody waits for it."""


async def make_large(photo_id: UUID, revision: int) -> None:
    """Make the large copy and look for the photo's likes. Nothing to do when the photo has moved on since."""
    row = await _current(photo_id, revision)
    if row is None:
        return
    if await current_runtime().shown.find(keys.shown_key(photo_id, Variant.LARGE, revision)) is None:
        await _copy_large(row, is_patient=True)
    await look_for_alike(photo_id)
    await queue.enqueue(MAKE_WEBP, Copy(photo_id=photo_id, revision=revision), priority=_LATER)


async def make_webp(photo_id: UUID, revision: int) -> None:
    """Make the WebP copies out of the shown JPEG, so that they can never show more than it does."""
    runtime = current_runtime()
    source_key = keys.shown_key(photo_id, Variant.LARGE, revision)
    if await _current(photo_id, revision) is None or await runtime.shown.find(source_key) is None:
        return
    async with work_folder(runtime.spool_dir) as folder:
        await runtime.shown.fetch(source_key, folder / "source")
        targets = {variant: folder / variant for variant in _WEBP}
        await runtime.decoder.develop(
            MediaKind.JPEG, folder / "source", list(_WEBP.values()), list(targets.values()), is_patient=True
        )
        for variant, target in targets.items():
            await runtime.shown.put(keys.shown_key(photo_id, variant, revision, MediaKind.WEBP), target, MediaKind.WEBP)
    await _drop_if_outdated(photo_id, revision)


async def ensure_large(photo_id: UUID, revision: int) -> None:
    """Make the large copy now, for a reader who came before the worker. Raises PhotoGone."""
    row = await _current(photo_id, revision)
    if row is None:
        raise PhotoGone()
    await _copy_large(row, is_patient=False)


async def copy_original(
    runtime: MediaRuntime,
    row: asyncpg.Record,
    copies: dict[Variant, Output],
    revision: int,
    boxes: list[Box],
    *,
    is_patient: bool = False,
) -> None:
    """Develop copies of the original, painted over, and store them under a revision."""
    async with work_folder(runtime.spool_dir) as folder:
        source = folder / "source"
        await runtime.originals.fetch(row["original_key"], source)
        targets: dict[Variant, Path] = {variant: folder / variant for variant in copies}
        kind = MediaKind(row["media_type"])
        await runtime.decoder.develop(
            kind, source, list(copies.values()), list(targets.values()), boxes, is_patient=is_patient
        )
        for variant, target in targets.items():
            await runtime.shown.put(keys.shown_key(row["id"], variant, revision), target, MediaKind.JPEG)


async def drop_copies(
    runtime: MediaRuntime, photo_id: UUID, revision: int, *, variants: tuple[Variant, ...] = tuple(Variant)
) -> None:
    for variant in variants:
        for kind in (MediaKind.JPEG, MediaKind.WEBP):
            await runtime.shown.delete(keys.shown_key(photo_id, variant, revision, kind))


def boxes_of(row: asyncpg.Record) -> list[Box]:
    return msgspec.json.decode(row["boxes"], type=list[Box])


async def _copy_large(row: asyncpg.Record, *, is_patient: bool) -> None:
    copies = {Variant.LARGE: LARGE_JPEG}
    await copy_original(current_runtime(), row, copies, row["revision"], boxes_of(row), is_patient=is_patient)
    await _drop_if_outdated(row["id"], row["revision"])


async def _drop_if_outdated(photo_id: UUID, revision: int) -> None:
    """A copy finished after somebody painted the photo over must not come back to life."""
    if await _current(photo_id, revision) is None:
        await drop_copies(current_runtime(), photo_id, revision)


async def _current(photo_id: UUID, revision: int) -> asyncpg.Record | None:
    """The photo, while this is its revision and its original is still kept."""
    return await db.fetchrow(
        "SELECT * FROM photo WHERE id = $1 AND revision = $2 AND thinned_at IS NULL", photo_id, revision
    )
