"""Resumable uploads: pieces in order, a broken link costs one piece, and the whole passes the gate."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from backend import db
from media import jobs, partials
from media import service as media
from media.errors import (
    DirectUploadNotOffered,
    PhotoRefused,
    PhotosUnderWay,
    PhotoTooLarge,
    UploadBusy,
    UploadNotFound,
    UploadOffsetWrong,
)
from media.queries import get_photo
from media.runtime import MediaRuntime
from media.service import uploading
from media.structs import PhotoRole, SubjectKind, TusUpload
from tests.makers.photos import jpeg
from tests.rooms.media.conftest import files_below

PHOTO = jpeg(800, 600)


async def pieces(*parts: bytes, breaks: bool = False) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    if breaks:
        raise ConnectionResetError


async def test_pieces_become_a_photo_under_the_uploads_number(room: MediaRuntime, owner: int, now: datetime) -> None:
    upload = await media.begin_tus(owner, len(PHOTO), now)

    middle = await media.append_tus(upload.id, owner, 0, pieces(PHOTO[:1000], PHOTO[1000:3000]), now)
    whole = await media.append_tus(upload.id, owner, 3000, pieces(PHOTO[3000:]), now)

    assert (middle.offset, whole.offset) == (3000, len(PHOTO))
    assert (await get_photo(upload.id, owner, now)).width == 800
    assert list(room.partial_dir.iterdir()) == []
    assert (await media.get_tus(upload.id, owner, now)).offset == len(PHOTO)


async def test_what_arrived_before_the_link_broke_stays(room: MediaRuntime, owner: int, now: datetime) -> None:
    upload = await media.begin_tus(owner, len(PHOTO), now)

    with pytest.raises(ConnectionResetError):
        await media.append_tus(upload.id, owner, 0, pieces(PHOTO[:2000], breaks=True), now)

    assert (await media.get_tus(upload.id, owner, now)).offset == 2000


async def test_a_piece_at_the_wrong_place_is_told_the_right_one(room: MediaRuntime, owner: int, now: datetime) -> None:
    upload = await media.begin_tus(owner, len(PHOTO), now)
    await media.append_tus(upload.id, owner, 0, pieces(PHOTO[:2000]), now)

    with pytest.raises(UploadOffsetWrong) as refused:
        await media.append_tus(upload.id, owner, 0, pieces(PHOTO), now)

    assert refused.value.extra == {"offset": 2000}


async def left_whole(room: MediaRuntime, owner: int, content: bytes, now: datetime) -> UUID:
    """An upload as it stands when the web is killed after its last byte, before the photo is made."""
    upload = await media.begin_tus(owner, len(content), now)
    await media.append_tus(upload.id, owner, 0, pieces(content[:-1]), now)
    with partials.path(room.partial_dir, upload.id).open("ab") as file:
        file.write(content[-1:])
    return upload.id


@pytest.mark.parametrize("ask", ["head", "patch", "worker"])
async def test_an_upload_that_broke_off_after_its_last_byte_becomes_a_photo_when_next_asked_about(
    room: MediaRuntime, owner: int, now: datetime, ask: str
) -> None:
    upload_id = await left_whole(room, owner, PHOTO, now)

    if ask == "head":
        assert (await media.get_tus(upload_id, owner, now)).offset == len(PHOTO)
    elif ask == "patch":
        assert (await media.append_tus(upload_id, owner, len(PHOTO), pieces(), now)).offset == len(PHOTO)
    else:
        await jobs.finish_uploads(now)

    assert (await get_photo(upload_id, owner, now)).width == 800
    assert list(room.partial_dir.iterdir()) == []


async def test_many_who_ask_at_once_make_one_whole_photo(room: MediaRuntime, owner: int, now: datetime) -> None:
    upload_id = await left_whole(room, owner, PHOTO, now)

    asked = await asyncio.gather(*(media.get_tus(upload_id, owner, now) for _ in range(5)), return_exceptions=True)

    assert {type(answer) for answer in asked} <= {TusUpload, UploadBusy}
    assert (await media.get_tus(upload_id, owner, now)).offset == len(PHOTO)
    (original,) = files_below(room.spool_dir.parent / "originals")
    assert original.read_bytes() == PHOTO
    assert list(room.partial_dir.iterdir()) == []


async def test_an_upload_whose_photo_could_not_be_stored_is_made_a_photo_later(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    upload = await media.begin_tus(owner, len(PHOTO), now)
    kept = room.spool_dir.parent / "kept"
    (room.spool_dir.parent / "originals").rename(kept)
    (room.spool_dir.parent / "originals").touch()
    with pytest.raises(OSError):
        await media.append_tus(upload.id, owner, 0, pieces(PHOTO), now)
    (room.spool_dir.parent / "originals").unlink()
    kept.rename(room.spool_dir.parent / "originals")

    assert (await media.get_tus(upload.id, owner, now)).offset == len(PHOTO)

    assert (await get_photo(upload.id, owner, now)).width == 800


async def test_a_photo_whose_upload_has_not_ended_is_asked_for_again_later(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    upload_id = await left_whole(room, owner, PHOTO, now)

    with pytest.raises(PhotosUnderWay) as refused:
        await media.attach([upload_id], owner, SubjectKind.ORDER_STEP, 7, PhotoRole.AFTER)

    assert (refused.value.status, refused.value.extra) == (503, {"photo_ids": [str(upload_id)]})
    await media.get_tus(upload_id, owner, now)
    await media.attach([upload_id], owner, SubjectKind.ORDER_STEP, 7, PhotoRole.AFTER)


async def test_more_than_announced_is_refused(room: MediaRuntime, owner: int, now: datetime) -> None:
    upload = await media.begin_tus(owner, 100, now)

    with pytest.raises(PhotoTooLarge):
        await media.append_tus(upload.id, owner, 0, pieces(PHOTO), now)


async def test_a_whole_that_is_no_photo_ends_the_upload_and_leaves_nothing(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    upload = await media.begin_tus(owner, 2000, now)

    with pytest.raises(PhotoRefused):
        await media.append_tus(upload.id, owner, 0, pieces(PHOTO[:2000]), now)

    with pytest.raises(UploadNotFound):
        await media.get_tus(upload.id, owner, now)
    assert files_below(room.spool_dir.parent) == []


async def test_a_foreign_or_expired_upload_is_not_found(room: MediaRuntime, owner: int, now: datetime) -> None:
    upload = await media.begin_tus(owner, 100, now)

    for asked in ((upload.id, owner + 1, now), (uuid4(), owner, now), (upload.id, owner, upload.expires_at)):
        with pytest.raises(UploadNotFound):
            await media.get_tus(*asked)


async def test_expired_uploads_are_swept(room: MediaRuntime, owner: int, now: datetime) -> None:
    upload = await media.begin_tus(owner, 3000, now)
    await media.append_tus(upload.id, owner, 0, pieces(PHOTO[:2000]), now)

    done = await media.apply_retention(media.Retention(), now + uploading.UPLOAD_LIFETIME * 2, is_dry_run=False)

    assert done.expired_uploads == 1
    assert list(room.partial_dir.iterdir()) == []
    assert await db.fetchval("SELECT count(*) FROM photo_upload") == 0


async def test_a_disk_store_offers_no_direct_upload(room: MediaRuntime, owner: int, now: datetime) -> None:
    with pytest.raises(DirectUploadNotOffered):
        await media.begin_direct(owner, "image/jpeg", 100, bytes(16), now)
