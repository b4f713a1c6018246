"""Plates in photos as people take them: across the street, in the dark, many at once."""

import asyncio
import io
from datetime import datetime

import pytest
from PIL import ExifTags, Image, ImageEnhance

from backend.accounts.structs import Actor
from bench.parts.outside import FAULTS
from media import service as media
from media.decoder.messages import Box
from media.errors import PhotoNotFound
from media.runtime import MediaRuntime
from qr import render
from qr.symbols import stencil
from tests.makers.accounts import TOWN as AREA
from tests.makers.accounts import make_device
from tests.makers.photos import encoded, scene

TOWN = "https://q.example.gov.cn/q/"
CODES = [f"0SKCCTJTRQ{first}{second}" for first in "VWXYZ23456789" for second in "ABCDEFGHJ"]
SMALL = FAULTS / "plate_2.5pct_of_12mp.jpg"


def wall(codes: list[str], side_px: int, size: tuple[int, int] = (4000, 3000), light: float = 1.0) -> Image.Image:
    """Plates of so many pixels, side by side on a wall, in so much of the light of day."""
    picture = Image.blend(scene(3, *size).convert("L"), Image.new("L", size, 160), 0.75)
    across = size[0] // (side_px * 2)
    for number, code in enumerate(codes):
        plate = render.image(stencil(TOWN).symbol(code), 4).convert("L").resize((side_px, side_px))
        picture.paste(
            plate, (side_px // 2 + number % across * side_px * 2, side_px // 2 + number // across * side_px * 2)
        )
    return ImageEnhance.Brightness(picture).enhance(light)


async def read(owner: int, picture: Image.Image, now: datetime, **options: object) -> list[str]:
    content = encoded(picture, "JPEG", quality=85, **options)
    photo = (await media.receive(owner, content, idempotency_key=None, now=now)).photo
    return (await media.read_symbols(photo.id, owner)).texts


@pytest.mark.parametrize("percent", [2.5, 5])
async def test_a_plate_across_the_street_is_read_at_the_photo_s_full_size(
    room: MediaRuntime, owner: int, now: datetime, percent: float
) -> None:
    assert await read(owner, wall(CODES[:1], round(4000 * percent / 100)), now) == [TOWN + CODES[0]]


async def test_a_plate_in_the_dark_is_read_with_its_contrast_spread(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    assert await read(owner, wall(CODES[:1], 400, light=0.04), now) == [TOWN + CODES[0]]


async def test_a_plate_in_a_photo_of_a_hundred_megapixels_is_read(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    picture = Image.new("L", (12_000, 9_000), 150)
    picture.paste(wall(CODES[:1], 300, (1200, 900)), (4000, 4000))

    assert await read(owner, picture, now) == [TOWN + CODES[0]]


async def test_plates_beyond_the_hundredth_are_counted_and_not_cut_silently(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    content = encoded(wall(CODES[:105], 120), "JPEG", quality=85)
    photo = (await media.receive(owner, content, idempotency_key=None, now=now)).photo

    symbols = await media.read_symbols(photo.id, owner)

    assert (len(set(symbols.texts)), symbols.left_out) == (100, 5)


async def test_what_was_painted_over_is_not_read(
    room: MediaRuntime, owner: int, verifier: Actor, now: datetime
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 3  # upright, the plates come last on the lower right
    content = encoded(wall(CODES[:2], 300, (1600, 1200)), "JPEG", quality=85, exif=exif)
    photo = (await media.receive(owner, content, idempotency_key=None, now=now)).photo
    await media.redact(photo.id, [Box(x=0.65, y=0.5, width=0.35, height=0.5)], verifier, now, "a face", area_code=AREA)

    symbols = await media.read_symbols(photo.id, owner)

    assert symbols.texts == [TOWN + CODES[1]]


async def test_only_the_owner_s_whole_photos_are_read(room: MediaRuntime, owner: int, now: datetime) -> None:
    content = encoded(wall(CODES[:1], 300, (1600, 1200)), "JPEG")
    photo = (await media.receive(owner, content, idempotency_key=None, now=now)).photo

    with pytest.raises(PhotoNotFound):
        await media.read_symbols(photo.id, (await make_device()).account_id)


@pytest.mark.outside_data
@pytest.mark.skipif(not SMALL.is_file(), reason=f"no {SMALL} (YIMA_DATA names another folder)")
async def test_the_small_plate_of_a_real_phone_is_read(room: MediaRuntime, owner: int, now: datetime) -> None:
    with Image.open(io.BytesIO(await asyncio.to_thread(SMALL.read_bytes))) as picture:
        picture.load()
        assert len(await read(owner, picture, now)) == 1
