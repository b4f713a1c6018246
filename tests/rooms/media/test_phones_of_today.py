"""Photos as today's phones and cameras write them: long EXIF blocks, a hundred megapixels, a second picture behind."""

import asyncio
import io
import struct
from datetime import UTC, datetime

import pytest
from PIL import ExifTags, Image

from backend import db
from bench.parts.outside import FAULTS
from media import service as media
from media.errors import PhotoRefused
from media.runtime import MediaRuntime
from media.structs import PhotoView
from tests.makers.photos import camera_exif, encoded, picture

TAKEN = datetime(2026, 5, 1, 10, 30, tzinfo=UTC)


async def take_in(owner: int, content: bytes, now: datetime) -> PhotoView:
    return (await media.receive(owner, content, idempotency_key=None, now=now)).photo


def with_maker_note(note_bytes: int) -> Image.Exif:
    exif = camera_exif(TAKEN)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = bytes(range(256)) * (note_bytes // 256)
    return exif


def segments(*blocks: bytes) -> bytes:
    """A JPEG whose first segments are these APP1 blocks."""
    plain = encoded(picture(), "JPEG")
    return plain[:2] + b"".join(b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block for block in blocks) + plain[2:]


@pytest.mark.parametrize("note_bytes", [53_000, 64_000])
async def test_a_long_maker_note_is_no_reason_to_refuse_and_its_time_is_read(
    room: MediaRuntime, owner: int, now: datetime, note_bytes: int
) -> None:
    photo = await take_in(owner, encoded(picture(), "JPEG", exif=with_maker_note(note_bytes)), now)

    assert photo.captured_at == TAKEN


async def test_exif_and_extended_xmp_in_many_blocks_are_taken(room: MediaRuntime, owner: int, now: datetime) -> None:
    exif = with_maker_note(60_000).tobytes()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"
    more = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 40 + b"x" * 65_000

    photo = await take_in(owner, segments(exif, xmp, more, more, exif), now)

    assert photo.captured_at == TAKEN


async def test_an_endless_exif_block_is_left_unread_and_the_photo_taken(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    photo = await take_in(owner, encoded(picture(), "PNG", exif=with_maker_note(2 * 1024 * 1024)), now)

    assert photo.captured_at is None


async def test_a_preview_behind_the_photo_is_no_reason_to_refuse(room: MediaRuntime, owner: int, now: datetime) -> None:
    both = encoded(picture(640, 480), "MPO", save_all=True, append_images=[picture(64, 48)])

    photo = await take_in(owner, both, now)

    assert (photo.width, photo.height) == (640, 480)


@pytest.mark.parametrize("size", [(8192, 6144), (12_000, 9_000), (16_320, 12_240)])
async def test_a_photo_of_fifty_to_two_hundred_megapixels_is_taken_upright(
    room: MediaRuntime, owner: int, now: datetime, size: tuple[int, int]
) -> None:
    exif = camera_exif(TAKEN)
    exif[ExifTags.Base.Orientation] = 6

    photo = await take_in(owner, encoded(Image.new("L", size, 90), "JPEG", quality=1, exif=exif), now)

    assert (photo.width, photo.height) == (size[1], size[0])
    assert photo.captured_at == TAKEN


async def test_a_hundred_megapixels_that_cannot_be_decoded_smaller_are_refused_with_the_limit(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    with pytest.raises(PhotoRefused) as refused:
        await take_in(owner, encoded(Image.new("1", (12_000, 9_000)), "PNG"), now)

    assert (refused.value.code, refused.value.extra["limit"]) == ("photo-too-many-pixels", 70_000_000)


@pytest.mark.outside_data
@pytest.mark.skipif(not FAULTS.is_dir(), reason=f"no {FAULTS} (YIMA_DATA names another folder)")
@pytest.mark.parametrize("name", ["exif_53k_makernote.jpg", "phone_8192x6144.jpg", "phone_64mp_9248x6944.jpg"])
async def test_photos_that_were_refused_are_taken(room: MediaRuntime, owner: int, now: datetime, name: str) -> None:
    content = await asyncio.to_thread((FAULTS / name).read_bytes)
    with Image.open(io.BytesIO(content)) as image:
        size = image.size

    photo = await take_in(owner, content, now)

    assert {photo.width, photo.height} == set(size)
    assert await db.fetchval("SELECT count(*) FROM photo") == 1
