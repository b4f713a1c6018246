"""The same photo again: found after usual edits, and not where there is none."""

import io
from datetime import datetime

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from media import queries
from media import service as media
from media.room import Room
from media.structs import PhotoRole, SubjectKind
from tests.makers.photos import encoded, scene

EDITS = {
    "the same file": lambda image: image,
    "half the size": lambda image: image.resize((400, 300)),
    "cut by 5 % at each side": lambda image: image.crop((40, 30, 760, 570)),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(3)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.2),
    "recompressed": lambda image: Image.open(io.BytesIO(encoded(image, "JPEG", quality=30))),
}


async def keep(owner: int, image: Image.Image, step_id: int, now: datetime):
    photo = (await media.receive(owner, encoded(image, "JPEG", quality=92), client_key=None, now=now)).photo
    await media.attach([photo.id], owner, SubjectKind.ORDER_STEP, step_id, PhotoRole.AFTER)
    await media.make_large(photo.id, 0)
    return photo


@pytest.mark.parametrize("edit", EDITS)
async def test_a_photo_used_before_is_found_and_shown_with_where_it_was_used(
    room: Room, owner: int, now: datetime, edit: str
) -> None:
    earlier = await keep(owner, scene(1), 11, now)
    later = await keep(owner, EDITS[edit](scene(1)), 12, now)

    (found,) = await queries.list_alike([later.id], now)

    assert (found.other_id, found.other_subject.id) == (earlier.id, 11)
    assert found.is_same_file == (edit == "the same file")


async def test_another_scene_is_not_alike(room: Room, owner: int, now: datetime) -> None:
    photos = [await keep(owner, scene(seed), seed, now) for seed in (1, 2, 3, 4)]

    assert await queries.list_alike([photo.id for photo in photos], now) == []
