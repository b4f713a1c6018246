"""Photos in a real S3 server that enforces what it is told: through us, straight by the phone, and when it dies."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from media import runtime as media_room
from media import service as media
from media.decoder.pool import Decoder
from media.errors import PhotoRefused, PhotoTypeRefused, StoreUnavailable, UploadNotArrived
from media.queries import get_photo
from media.runtime import MediaRuntime
from media.storage import S3Settings
from media.structs import DirectUpload
from tests.fixtures.swift import Swift, client
from tests.makers.accounts import make_device
from tests.makers.photos import encoded, jpeg, picture
from tests.rooms.media.conftest import SECRET, files_below

pytestmark = pytest.mark.s3
PHOTO = jpeg(800, 600)


@pytest.fixture
async def room(database: str, tmp_path: Path, s3: S3Settings, decoder: Decoder) -> AsyncIterator[MediaRuntime]:
    async with media_room.start(tmp_path / "media", SECRET, s3=s3, decoder=decoder) as opened:
        yield opened


@pytest.fixture
async def owner(room: MediaRuntime) -> int:
    return (await make_device()).account_id


def keys_in(s3: S3Settings) -> list[str]:
    return [entry["Key"] for entry in client(s3).list_objects_v2(Bucket=s3.bucket).get("Contents", ())]


async def begin(owner: int, content: bytes, now: datetime) -> DirectUpload:
    return await media.begin_direct(owner, "image/jpeg", len(content), hashlib.md5(content).digest(), now)


async def put(upload: DirectUpload, content: bytes, **other_headers: str) -> int:
    async with httpx.AsyncClient(timeout=60) as phone:
        answer = await phone.put(upload.url, content=content, headers=upload.headers | other_headers)
        return answer.status_code


async def test_what_goes_through_the_server_lies_in_the_store(
    room: MediaRuntime, owner: int, s3: S3Settings, now: datetime
) -> None:
    photo = (await media.receive(owner, PHOTO, idempotency_key=None, now=now)).photo
    await media.make_large(photo.id, 0)
    await media.make_webp(photo.id, 0)

    stored = [key.rsplit("/")[0] + key[key.index(str(photo.id)) + 36 :] for key in keys_in(s3)]
    assert stored == [
        "originals.jpg",
        "shown-0-large.jpg",
        "shown-0-large.webp",
        "shown-0-thumb.jpg",
        "shown-0-thumb.webp",
    ]
    assert files_below(room.spool_dir.parent) == []


async def test_ranges_come_from_the_store(room: MediaRuntime, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"0123456789")
    await room.shown.put("a/中.txt", tmp_path / "x", "text/plain")

    assert b"".join([piece async for piece in room.shown.read("a/中.txt", 3, 4)]) == b"3456"
    assert [stored.key async for stored in room.shown.every()] == ["a/中.txt"]
    await room.shown.delete("a/中.txt")
    await room.shown.delete("a/中.txt")
    assert await room.shown.find("a/中.txt") is None


async def test_a_phone_puts_a_photo_straight_into_the_store(
    room: MediaRuntime, owner: int, s3: S3Settings, now: datetime
) -> None:
    upload = await begin(owner, PHOTO, now)
    assert await put(upload, PHOTO) == 200

    first = await media.commit_direct(upload.id, owner, now)
    again = await media.commit_direct(upload.id, owner, now)

    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert first.photo.id == again.photo.id == upload.id
    assert (await get_photo(upload.id, owner, now)).width == 800
    assert not [key for key in keys_in(s3) if key.startswith("incoming/")]


async def test_the_store_takes_only_the_announced_bytes(room: MediaRuntime, owner: int, now: datetime) -> None:
    upload = await begin(owner, PHOTO, now)

    other = bytes(reversed(PHOTO))
    assert await put(upload, other) == 400  # right length, other bytes
    assert await put(upload, PHOTO + b"x", **{"Content-Length": str(len(PHOTO) + 1)}) == 403
    assert await put(upload, PHOTO, **{"Content-Type": "text/html"}) == 403
    with pytest.raises(UploadNotArrived):
        await media.commit_direct(upload.id, owner, now)


async def test_what_is_no_photo_is_refused_at_the_commit_and_removed(
    room: MediaRuntime, owner: int, s3: S3Settings, now: datetime
) -> None:
    upload = await begin(owner, PHOTO[:2000], now)
    await put(upload, PHOTO[:2000])
    gif = encoded(picture(), "GIF")
    other = await begin(owner, gif, now)
    await put(other, gif)

    with pytest.raises(PhotoRefused):
        await media.commit_direct(upload.id, owner, now)
    with pytest.raises(PhotoTypeRefused):
        await media.commit_direct(other.id, owner, now)

    assert keys_in(s3) == []


async def test_abandoned_direct_uploads_are_swept(
    room: MediaRuntime, owner: int, s3: S3Settings, now: datetime
) -> None:
    upload = await begin(owner, PHOTO, now)
    await put(upload, PHOTO)

    done = await media.apply_retention(media.Retention(), upload.expires_at + media.UPLOAD_LIFETIME, is_dry_run=False)

    assert done.expired_uploads == 1
    assert keys_in(s3) == []


async def test_a_wrong_secret_is_told_as_trouble_of_ours(s3: S3Settings, tmp_path: Path, database: str) -> None:
    wrong = S3Settings(s3.endpoint_url, s3.bucket, s3.access_key, "guess")
    async with media_room.start(tmp_path / "other", SECRET, s3=wrong) as opened:
        with pytest.raises(StoreUnavailable):
            await opened.shown.find("x")


async def test_a_store_that_dies_in_mid_upload_costs_nothing_acknowledged(
    room: MediaRuntime, owner: int, swift: Swift, now: datetime
) -> None:
    kept = (await media.receive(owner, PHOTO, idempotency_key="one", now=now)).photo
    swift.pause("object")  # now an upload stands still half-way
    sending = asyncio.create_task(media.receive(owner, jpeg(shade=9), idempotency_key="two", now=now))
    assert await asyncio.wait({sending}, timeout=2) == (set(), {sending})
    swift.kill("proxy")
    swift.resume("object")

    with pytest.raises(StoreUnavailable):
        await sending
    swift.start()
    again = await media.receive(owner, jpeg(shade=9), idempotency_key="two", now=now)

    assert not again.is_repeat
    assert (await get_photo(kept.id, owner, now)).id == kept.id
    for photo_id in (kept.id, again.photo.id):
        await media.make_large(photo_id, 0)
    assert files_below(room.spool_dir.parent) == []
