"""The gate: what is let in, what is refused and how it is said, and that nothing is left behind."""

import asyncio
import hashlib
import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from backend import db
from media import keys
from media import service as media
from media.errors import PhotoEmpty, PhotoKeyReused, PhotoRefused, PhotoTooLarge, PhotoTypeRefused
from media.runtime import MediaRuntime
from media.structs import Variant
from tests.makers.photos import encoded, jpeg, picture
from tests.rooms.media.conftest import files_below


def camera_exif(orientation: int = 1, note: bytes = b"") -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "HUAWEI", "HUAWEI P40", orientation
    detail = exif.get_ifd(0x8769)
    detail[0x9003], detail[0x9011] = "2026:05:01 10:30:00", "+08:00"
    if note:
        detail[0x927C] = note
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4], gps[31] = "N", (31.0, 14.0, 0.0), "E", (121.0, 30.0, 36.0), 12.5
    return exif


async def shown(room: MediaRuntime, photo_id, variant: Variant = Variant.THUMB) -> Image.Image:
    key = keys.shown_key(photo_id, variant, 0)
    content = b"".join([piece async for piece in room.shown.read(key, 0, 10_000_000)])
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
async def test_each_kind_is_told_by_content(room: MediaRuntime, owner: int, now: datetime, format: str) -> None:
    receipt = await media.receive(owner, encoded(picture(), format), idempotency_key=None, now=now)

    assert receipt.photo.media_type == f"image/{format.lower()}"
    assert (receipt.photo.width, receipt.photo.height) == (64, 48)


async def test_the_camera_facts_go_into_columns(room: MediaRuntime, owner: int, now: datetime) -> None:
    receipt = await media.receive(owner, jpeg(exif=camera_exif()), idempotency_key=None, now=now)

    row = await db.fetchrow(
        "SELECT *, ST_X(gps::geometry) AS lng, ST_Y(gps::geometry) AS lat FROM photo WHERE id = $1", receipt.photo.id
    )
    assert row is not None
    assert row["captured_at"] == datetime(2026, 5, 1, 2, 30, tzinfo=UTC)
    assert (row["captured_offset_min"], row["gps_accuracy_m"]) == (480, 12.5)
    assert (row["lng"], row["lat"]) == pytest.approx((121.51, 31.2333333))
    assert row["device"] == "HUAWEI P40"


async def test_what_is_shown_is_upright_and_bare(room: MediaRuntime, owner: int, now: datetime) -> None:
    sent = jpeg(640, 480, exif=camera_exif(orientation=6), icc_profile=b"not a profile", comment=b"Zhang San")

    receipt = await media.receive(owner, sent, idempotency_key=None, now=now)

    thumb = await shown(room, receipt.photo.id)
    assert (receipt.photo.width, receipt.photo.height) == (480, 640)
    assert thumb.size == (240, 320)
    assert set(thumb.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert thumb.getpixel((235, 5))[2] < 60  # the mark of the upper left corner is now upper right


async def test_the_original_is_kept_byte_for_byte(room: MediaRuntime, owner: int, now: datetime) -> None:
    sent = jpeg(exif=camera_exif())

    receipt = await media.receive(owner, sent, idempotency_key=None, now=now)

    row = await db.fetchrow("SELECT sha256, original_key FROM photo WHERE id = $1", receipt.photo.id)
    assert row is not None
    kept = b"".join([piece async for piece in room.originals.read(row["original_key"], 0, len(sent) + 1)])
    assert kept == sent
    assert row["sha256"] == hashlib.sha256(sent).digest()


async def test_the_same_key_gives_the_same_photo(room: MediaRuntime, owner: int, now: datetime) -> None:
    first = await media.receive(owner, jpeg(), idempotency_key="k", now=now)
    again = await media.receive(owner, jpeg(), idempotency_key="k", now=now)

    assert again.is_repeat
    assert again.photo == first.photo


async def test_the_same_key_at_once_keeps_one_photo(room: MediaRuntime, owner: int, now: datetime) -> None:
    receipts = await asyncio.gather(*(media.receive(owner, jpeg(), idempotency_key="k", now=now) for _ in range(5)))

    assert len({receipt.photo.id for receipt in receipts}) == 1
    assert len(files_below(room.spool_dir.parent)) == 2  # one original, one thumbnail


async def test_the_same_key_with_another_picture_is_a_conflict(room: MediaRuntime, owner: int, now: datetime) -> None:
    await media.receive(owner, jpeg(), idempotency_key="k", now=now)

    with pytest.raises(PhotoKeyReused):
        await media.receive(owner, jpeg(shade=9), idempotency_key="k", now=now)


async def bad_inputs() -> dict[str, tuple[bytes, type[Exception], str]]:
    moving = encoded(picture(), "PNG", save_all=True, append_images=[picture(shade=99)])
    return {
        "nothing": (b"", PhotoEmpty, "photo-empty"),
        "truncated": (jpeg(640, 480)[:4000], PhotoRefused, "photo-undecodable"),
        "a text that says it is a JPEG": (b"\xff\xd8\xff" + b"hello" * 99, PhotoRefused, "photo-undecodable"),
        "a GIF": (encoded(picture(), "GIF"), PhotoTypeRefused, "photo-type-refused"),
        "a TIFF": (encoded(picture(), "TIFF"), PhotoTypeRefused, "photo-type-refused"),
        "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PhotoTypeRefused, "photo-type-refused"),
        "an animation": (moving, PhotoRefused, "photo-animated"),
        "a bomb": (encoded(Image.new("1", (9000, 9000)), "PNG"), PhotoRefused, "photo-too-many-pixels"),
        "a stripe": (encoded(Image.new("1", (20_001, 1)), "PNG"), PhotoRefused, "photo-side-too-long"),
        "21 MB": (b"\xff\xd8\xff" + bytes(21 * 1024 * 1024), PhotoTooLarge, "photo-too-large"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "truncated",
        "a text that says it is a JPEG",
        "a GIF",
        "a TIFF",
        "an SVG",
        "an animation",
        "a bomb",
        "a stripe",
        "21 MB",
    ],
)
async def test_bad_input_is_refused_with_its_limit_and_leaves_nothing(
    room: MediaRuntime, owner: int, now: datetime, name: str
) -> None:
    content, refusal, code = (await bad_inputs())[name]

    with pytest.raises(refusal) as refused:
        await media.receive(owner, content, idempotency_key=None, now=now)

    assert refused.value.code == code  # type: ignore[attr-defined]
    assert files_below(room.spool_dir.parent) == []
    assert list(room.spool_dir.iterdir()) == []
    assert await db.fetchval("SELECT count(*) FROM photo") == 0


@pytest.mark.parametrize(
    ("mode", "format", "colour", "expected"),
    [
        ("CMYK", "JPEG", (0, 255, 255, 0), (255, 0, 0)),
        ("L", "JPEG", 128, (128, 128, 128)),
        ("I;16", "PNG", 32768, (128, 128, 128)),
        ("P", "PNG", 0, (0, 0, 0)),
        ("RGBA", "PNG", (0, 0, 0, 0), (255, 255, 255)),
        ("LA", "PNG", (0, 0), (255, 255, 255)),
        ("1", "PNG", 1, (255, 255, 255)),
    ],
)
async def test_odd_colours_are_shown_right(
    room: MediaRuntime, owner: int, now: datetime, mode: str, format: str, colour, expected: tuple[int, int, int]
) -> None:
    receipt = await media.receive(
        owner, encoded(Image.new(mode, (40, 40), colour), format), idempotency_key=None, now=now
    )

    thumb = await shown(room, receipt.photo.id)
    assert thumb.mode == "RGB"
    assert thumb.getpixel((20, 20)) == pytest.approx(expected, abs=6)


async def test_a_broken_exif_costs_only_its_facts(room: MediaRuntime, owner: int, now: datetime) -> None:
    receipt = await media.receive(owner, jpeg(exif=b"Exif\0\0garbage"), idempotency_key=None, now=now)

    assert receipt.photo.captured_at is None
