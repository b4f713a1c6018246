"""Photos that arrive by pieces (tus) or straight in the store (presigned). Whole, they pass the one gate like others.

An upload's number becomes the photo's number, so that a phone which lost the last answer finds its photo again.
"""

from collections.abc import AsyncIterable, AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
from msgspec.structs import replace

from backend import db
from backend.errors import AppError
from backend.sql import sql
from media import partials
from media.errors import (
    DirectUploadNotOffered,
    PhotoTooLarge,
    PhotoTypeRefused,
    UploadDiffers,
    UploadNotArrived,
    UploadNotFound,
    UploadOffsetWrong,
)
from media.kinds import MediaKind
from media.queries import find_photo
from media.runtime import current_runtime
from media.service.receiving import admit
from media.spool import Upload, adopted, spooled
from media.structs import DirectUpload, PhotoView, TusUpload, UploadReceipt

UPLOAD_LIFETIME = timedelta(hours=24)
_DIRECT_LIFETIME = timedelta(minutes=15)
_NEW = """
    INSERT INTO photo_upload (id, owner_id, way, size_bytes, media_type, md5, expires_at, created_at)
    VALUES (:upload_id, :owner_id, :way, :size_bytes, :media_type, :md5, :expires_at, :now)
"""

_WAITING = """
    SELECT u.id, u.owner_id FROM photo_upload u
     WHERE u.way = 'tus' AND u.refused_code IS NULL AND u.expires_at > $1
       AND NOT EXISTS (SELECT FROM photo p WHERE p.id = u.id)
"""


async def begin_tus(owner_id: int, size_bytes: int, now: datetime) -> TusUpload:
    """Begin a resumable upload. Raises PhotoTooLarge."""
    _check_size(size_bytes)
    upload_id, expires_at = uuid4(), now + UPLOAD_LIFETIME
    await db.execute(
        sql(
            _NEW,
            upload_id=upload_id,
            owner_id=owner_id,
            way="tus",
            size_bytes=size_bytes,
            media_type=None,
            md5=None,
            expires_at=expires_at,
            now=now,
        )
    )
    return TusUpload(id=upload_id, offset=0, size_bytes=size_bytes, expires_at=expires_at)


async def get_tus(upload_id: UUID, owner_id: int, now: datetime) -> TusUpload:
    """How much of an upload has arrived; all of it means that the photo is there.

    An upload that broke off on our side after its last byte becomes a photo now. Raises UploadNotFound for unknown,
    foreign, refused and expired ones, UploadBusy while another request makes the photo, and what `receive` refuses.
    """
    upload = await _stand(upload_id, owner_id, now)
    is_whole = upload.offset == upload.size_bytes
    return await _append(upload, owner_id, _nothing(), now) if is_whole else upload


async def append_tus(
    upload_id: UUID, owner_id: int, offset: int, source: AsyncIterable[bytes], now: datetime
) -> TusUpload:
    """Add the next bytes; with the last one the upload becomes a photo.

    Raises UploadOffsetWrong, UploadBusy, PhotoTooLarge for more bytes than announced, and what `receive` refuses.
    What arrived before a broken connection stays, and the phone goes on from there.
    """
    upload = await _stand(upload_id, owner_id, now)
    if offset != upload.offset:
        raise UploadOffsetWrong(upload.offset)
    is_whole = upload.offset == upload.size_bytes
    return await _append(upload, owner_id, _nothing() if is_whole else source, now)


async def finish_waiting(now: datetime) -> int:
    """Make photos of the uploads whose last byte arrived just before we were stopped. Returns how many.

    For whoever does not ask how the upload stands. One that cannot be made now is left for the next time.
    """
    finished = 0
    for row in await db.fetch(_WAITING, now):
        with suppress(AppError):
            upload = await get_tus(row["id"], row["owner_id"], now)
            finished += upload.offset == upload.size_bytes
    return finished


async def _stand(upload_id: UUID, owner_id: int, now: datetime) -> TusUpload:
    row = await _get(upload_id, owner_id, "tus", now)
    is_photo = await find_photo(upload_id, owner_id, now) is not None
    offset = row["size_bytes"] if is_photo else await partials.size(current_runtime().partial_dir, upload_id)
    return TusUpload(id=upload_id, offset=offset, size_bytes=row["size_bytes"], expires_at=row["expires_at"])


async def _append(upload: TusUpload, owner_id: int, source: AsyncIterable[bytes], now: datetime) -> TusUpload:
    """Add bytes and, once all are there, make the photo: one request at a time, whichever process has it."""
    if await find_photo(upload.id, owner_id, now) is not None:
        return upload
    async with partials.held(current_runtime().partial_dir, upload.id) as partial:
        await _get(upload.id, owner_id, "tus", now)  # whoever held it before may have made the photo, or refused it
        if await find_photo(upload.id, owner_id, now) is not None:
            await current_runtime().drop_partial(upload.id)
            return replace(upload, offset=upload.size_bytes)
        if partial.size_bytes != upload.offset:
            raise UploadOffsetWrong(partial.size_bytes)
        arrived = await partial.append(source, upload.size_bytes)
        if arrived == upload.size_bytes:
            async with adopted(
                partials.path(current_runtime().partial_dir, upload.id), current_runtime().spool_dir
            ) as whole:
                await _admit(upload.id, owner_id, whole, now)
    return replace(upload, offset=arrived)


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""


async def begin_direct(owner_id: int, media_type: str, size_bytes: int, md5: bytes, now: datetime) -> DirectUpload:
    """Offer a link under which exactly these bytes may be put straight into the store.

    Raises DirectUploadNotOffered where the store is this machine's disk, PhotoTooLarge, PhotoTypeRefused.
    """
    incoming = current_runtime().incoming
    if incoming is None:
        raise DirectUploadNotOffered()
    _check_size(size_bytes)
    if media_type not in set(MediaKind):
        raise PhotoTypeRefused(media_type)
    upload_id, expires_at = uuid4(), now + _DIRECT_LIFETIME
    await db.execute(
        sql(
            _NEW,
            upload_id=upload_id,
            owner_id=owner_id,
            way="direct",
            size_bytes=size_bytes,
            media_type=media_type,
            md5=md5,
            expires_at=now + UPLOAD_LIFETIME,
            now=now,
        )
    )
    url, headers = await incoming.presign_put(str(upload_id), media_type, size_bytes, md5, _DIRECT_LIFETIME)
    return DirectUpload(id=upload_id, url=url, headers=headers, expires_at=expires_at)


async def commit_direct(upload_id: UUID, owner_id: int, now: datetime) -> UploadReceipt:
    """Check what arrived in the store and make it a photo. Raises UploadNotArrived, UploadDiffers, as `receive`."""
    row = await _get(upload_id, owner_id, "direct", now)
    earlier = await find_photo(upload_id, owner_id, now)
    if earlier is not None:
        return UploadReceipt(photo=earlier, is_repeat=True)
    runtime = current_runtime()
    if runtime.incoming is None:
        raise DirectUploadNotOffered()
    stored = await runtime.incoming.find(str(upload_id))
    if stored is None:
        raise UploadNotArrived()
    content = runtime.incoming.read(str(upload_id), 0, stored.size_bytes)
    async with spooled(content, runtime.spool_dir, runtime.limits.file_max_bytes) as upload:
        if (upload.size_bytes, upload.md5) != (row["size_bytes"], row["md5"]):
            await _refuse(upload_id, UploadDiffers.code)
            raise UploadDiffers()
        photo = await _admit(upload_id, owner_id, upload, now)
    await runtime.drop_partial(upload_id)
    return UploadReceipt(photo=photo, is_repeat=False)


async def _admit(upload_id: UUID, owner_id: int, upload: Upload, now: datetime) -> PhotoView:
    """Through the gate. A refusal ends the upload; trouble of ours leaves it for another try."""
    try:
        receipt = await admit(upload_id, owner_id, upload, idempotency_key=None, now=now)
    except AppError as error:
        if error.status < 500:
            await _refuse(upload_id, error.code)
        raise
    await current_runtime().drop_partial(upload_id)
    return receipt.photo


async def _refuse(upload_id: UUID, code: str) -> None:
    await current_runtime().drop_partial(upload_id)
    await db.execute("UPDATE photo_upload SET refused_code = $2 WHERE id = $1", upload_id, code)


def _check_size(size_bytes: int) -> None:
    limit = current_runtime().limits.file_max_bytes
    if size_bytes > limit:
        raise PhotoTooLarge(limit)


async def _get(upload_id: UUID, owner_id: int, way: str, now: datetime) -> asyncpg.Record:
    row = await db.fetchrow(
        "SELECT * FROM photo_upload WHERE id = $1 AND owner_id = $2 AND way = $3 AND expires_at > $4"
        " AND refused_code IS NULL",
        *(upload_id, owner_id, way, now),
    )
    if row is None:
        raise UploadNotFound()
    return row
