"""The gate: every picture, from whatever way in, becomes a photo here or nowhere."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from backend import db
from backend.errors import AppError
from backend.jobs import queue
from backend.sql import sql
from backend.structs import IdempotencyKey
from media import keys, likeness
from media.decoder.messages import Findings
from media.errors import PhotoKeyReused
from media.kinds import MediaKind, kind_of
from media.queries import photo_view
from media.runtime import MediaRuntime, current_runtime
from media.service.copying import MAKE_LARGE, THUMB_JPEG
from media.spool import Upload, spooled
from media.storage import Storage
from media.structs import Copy, PhotoView, UploadReceipt, Variant

_INSERT = """
    INSERT INTO photo (id, owner_id, client_key, sha256, media_type, width, height, size_bytes, captured_at,
                       captured_offset_min, gps, device, phash, phash_inner, phash_core, original_key, created_at,
                       gps_accuracy_m, hashes, hash_keys)
    VALUES (:photo_id, :owner_id, :idempotency_key, :sha256, :media_type, :width, :height, :size_bytes, :captured_at,
            :captured_offset_min,
            CASE WHEN :lng::float8 IS NOT NULL
                 THEN ST_SetSRID(ST_MakePoint(:lng::float8, :lat::float8), 4326)::geography END,
            :device, :phash, :phash_inner, :phash_core, :original_key, :now, :gps_accuracy_m, :hashes, :hash_keys)
    ON CONFLICT DO NOTHING
    RETURNING *
"""


async def receive(
    owner_id: int, source: bytes | AsyncIterable[bytes], *, idempotency_key: IdempotencyKey | None, now: datetime
) -> UploadReceipt:
    """Take in one picture.

    Raises PhotoTooLarge, PhotoTypeRefused, PhotoRefused and others that name the limit; PhotoKeyReused when the key
    came with another picture before. On every way out but the good one nothing is left behind.
    """
    runtime = current_runtime()
    pieces = _once(source) if isinstance(source, bytes) else source
    async with spooled(pieces, runtime.spool_dir, runtime.limits.file_max_bytes) as upload:
        return await admit(uuid4(), owner_id, upload, idempotency_key=idempotency_key, now=now)


async def admit(
    photo_id: UUID, owner_id: int, upload: Upload, *, idempotency_key: IdempotencyKey | None, now: datetime
) -> UploadReceipt:
    """Make a photo of a complete upload, under a number that the caller chose. Raises as `receive`."""
    earlier = await _earlier(owner_id, idempotency_key, upload, now)
    if earlier is not None:
        return UploadReceipt(photo=earlier, is_repeat=True)
    kind = kind_of(upload.head)
    thumb = upload.folder / Variant.THUMB
    decoder = current_runtime().decoder
    findings = await decoder.develop(kind, upload.path, [THUMB_JPEG], [thumb], is_hashed=True)
    row = await _keep(current_runtime(), photo_id, owner_id, idempotency_key, upload, kind, findings, thumb, now)
    if row is not None:
        return UploadReceipt(photo=photo_view(row, now), is_repeat=False)
    earlier = await _earlier(owner_id, idempotency_key, upload, now)  # the same key came twice at once
    if earlier is None:
        raise PhotoKeyReused()
    return UploadReceipt(photo=earlier, is_repeat=True)


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _earlier(
    owner_id: int, idempotency_key: IdempotencyKey | None, upload: Upload, now: datetime
) -> PhotoView | None:
    if idempotency_key is None:
        return None
    row = await db.fetchrow("SELECT * FROM photo WHERE owner_id = $1 AND client_key = $2", owner_id, idempotency_key)
    if row is None:
        return None
    if row["sha256"] != upload.sha256:
        raise PhotoKeyReused()
    return photo_view(row, now)


async def _keep(
    runtime: MediaRuntime,
    photo_id: UUID,
    owner_id: int,
    idempotency_key: IdempotencyKey | None,
    upload: Upload,
    kind: MediaKind,
    findings: Findings,
    thumb: Path,
    now: datetime,
) -> asyncpg.Record | None:
    """Store the files first and the row last: what is acknowledged is whole, what is not leaves no trace."""
    original, shown = keys.original_key(photo_id, kind), keys.shown_key(photo_id, Variant.THUMB, 0)
    row = None
    try:
        await runtime.originals.put(original, upload.path, kind)
        await runtime.shown.put(shown, thumb, MediaKind.JPEG)
        row = await _record(photo_id, owner_id, idempotency_key, upload, kind, findings, original, now)
    finally:
        if row is None:
            await _forget(runtime.originals, original)
            await _forget(runtime.shown, shown)
    return row


async def _forget(storage: Storage, key: str) -> None:
    with suppress(AppError, OSError):  # a store that is gone keeps a stray file at most, and the sweep takes it
        await storage.delete(key)


async def _record(
    photo_id: UUID,
    owner_id: int,
    idempotency_key: IdempotencyKey | None,
    upload: Upload,
    kind: MediaKind,
    findings: Findings,
    original: str,
    now: datetime,
) -> asyncpg.Record | None:
    facts, hashes = findings.facts, findings.hashes
    statement = sql(
        _INSERT,
        photo_id=photo_id,
        owner_id=owner_id,
        idempotency_key=idempotency_key,
        sha256=upload.sha256,
        media_type=kind,
        width=findings.width,
        height=findings.height,
        size_bytes=upload.size_bytes,
        captured_at=facts.captured_at,
        captured_offset_min=facts.captured_offset_min,
        lng=facts.lng,
        lat=facts.lat,
        device=facts.device,
        **_first_hashes(hashes),
        original_key=original,
        now=now,
        gps_accuracy_m=facts.accuracy_m,
        hashes=hashes,
        hash_keys=likeness.keys_of(hashes),
    )
    async with db.transaction():
        row = await db.fetchrow(statement)
        if row is not None:
            await queue.enqueue(MAKE_LARGE, Copy(photo_id=photo_id, revision=0))
    return row


def _first_hashes(hashes: Sequence[int]) -> dict[str, int]:
    """The columns that the version before this one looks at."""
    return {"phash": hashes[0], "phash_inner": hashes[2], "phash_core": hashes[3]}
