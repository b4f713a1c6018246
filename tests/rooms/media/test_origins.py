"""What the room tells of photos to whoever judges them: the owner's own, as the camera wrote, and what they repeat."""

from datetime import datetime, timedelta

import pytest

from backend.calendars.rules import SHANGHAI
from backend.geo.lonlat import LonLat
from media import origins
from media import service as media
from media.runtime import MediaRuntime
from media.structs import PhotoRole, PhotoSubject, SubjectKind
from tests.makers.accounts import make_device
from tests.makers.photos import camera_exif, make_photo

STEP = PhotoSubject(SubjectKind.ORDER_STEP, 7)
CORNER = LonLat(121.5537, 31.1786)


async def attached(owner: int, shade: int, now: datetime, role: PhotoRole = PhotoRole.REPORT):
    photo = await make_photo(owner, shade=shade, now=now)
    await media.attach([photo.id], owner, STEP.kind, STEP.id, role)
    return photo


async def test_a_photo_is_told_with_all_that_its_camera_wrote(room: MediaRuntime, owner: int, now: datetime) -> None:
    taken_at = now.astimezone(SHANGHAI).replace(microsecond=0)
    exif = camera_exif(taken_at, at=CORNER, accuracy_m=6.5)
    photo = await make_photo(owner, shade=1, now=now + timedelta(minutes=1), exif=exif)

    (told,) = await origins.list_origins([photo.id], owner, known=[])

    assert (told.captured_at, told.received_at) == (taken_at, now + timedelta(minutes=1))
    assert (told.lng, told.lat, told.accuracy_m) == (pytest.approx(CORNER.lng), pytest.approx(CORNER.lat), 6.5)
    assert (told.is_zone_known, told.likest) == (True, None)


async def test_a_camera_without_a_zone_is_read_as_the_town_s_and_that_is_said(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    taken_at = now.astimezone(SHANGHAI).replace(microsecond=0)
    photo = await make_photo(owner, now=now, exif=camera_exif(taken_at, writes_zone=False))

    (told,) = await origins.list_origins([photo.id], owner, known=[])

    assert (told.captured_at, told.is_zone_known) == (taken_at, False)


async def test_the_nearest_photo_of_the_same_matter_is_named(room: MediaRuntime, owner: int, now: datetime) -> None:
    first, _ = await attached(owner, 2, now), await attached(owner, 3, now)
    await make_photo(owner, shade=4, now=now)  # of another matter
    photos = [await make_photo(owner, shade=shade, now=now, quality=50) for shade in (2, 4)]

    again, new = await origins.list_origins([photo.id for photo in photos], owner, known=[STEP])

    assert again.likest is not None
    assert (again.likest.photo_id, again.likest.role, again.likest.is_same_file) == (first.id, "report", False)
    assert again.likest.distance <= 2
    assert new.likest is None


async def test_the_same_file_is_known_whoever_sends_it(room: MediaRuntime, owner: int, now: datetime) -> None:
    stranger = (await make_device()).account_id
    sent = await attached(owner, 5, now)
    forwarded = await make_photo(stranger, shade=5, now=now)

    (told,) = await origins.list_origins([forwarded.id], stranger, known=[STEP])

    assert told.likest is not None
    assert (told.likest.photo_id, told.likest.is_same_file, told.likest.distance) == (sent.id, True, 0)


async def test_photos_that_come_with_it_count_as_known_and_a_stranger_s_do_not(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    stranger = (await make_device()).account_id
    before, after = [await make_photo(owner, shade=6, now=now, quality=quality) for quality in (90, 60)]
    foreign = await make_photo(stranger, shade=6, now=now)

    (told,) = await origins.list_origins([after.id], owner, known=[], known_ids=[before.id, foreign.id])

    assert told.likest is not None
    assert (told.likest.photo_id, told.likest.role) == (before.id, "before")
    assert await origins.list_origins([foreign.id], owner, known=[]) == []
