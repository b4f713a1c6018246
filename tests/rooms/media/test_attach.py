"""Photos onto what they show: once, by their owner, in one statement."""

import asyncio
from datetime import datetime
from uuid import uuid4

import pytest

from backend import db
from media import queries
from media import service as media
from media.errors import PhotosAlreadyUsed, PhotosNotUsable
from media.runtime import MediaRuntime
from media.structs import Audience, PhotoRole, PhotoSubject, SubjectKind
from tests.makers.photos import make_photo

STEP = PhotoSubject(SubjectKind.ORDER_STEP, 7)


async def test_attached_photos_are_listed_in_their_order(room: MediaRuntime, owner: int, now: datetime) -> None:
    photos = [await make_photo(owner, shade=shade) for shade in (1, 2, 3)]

    await media.attach([photo.id for photo in photos], owner, STEP.kind, STEP.id, PhotoRole.REPORT)

    attached = await queries.list_attached([STEP], now)
    assert [photo.id for photo in attached] == [photo.id for photo in photos]


async def test_a_photo_is_used_only_once(room: MediaRuntime, owner: int) -> None:
    photo = await make_photo(owner)
    await media.attach([photo.id], owner, STEP.kind, STEP.id, PhotoRole.BEFORE)

    with pytest.raises(PhotosAlreadyUsed) as refused:
        await media.attach([photo.id], owner, STEP.kind, 8, PhotoRole.AFTER)

    assert refused.value.extra == {"photo_ids": [str(photo.id)]}


async def test_a_foreign_photo_and_a_missing_one_are_not_told_apart(room: MediaRuntime, owner: int) -> None:
    foreign, missing = (await make_photo(owner)).id, uuid4()

    for photo_id in (foreign, missing):
        with pytest.raises(PhotosNotUsable) as refused:
            await media.attach([photo_id], owner + 1, STEP.kind, STEP.id, PhotoRole.AFTER)
        assert refused.value.extra == {"photo_ids": [str(photo_id)]}


async def test_of_two_at_once_one_gets_the_photo(room: MediaRuntime, owner: int) -> None:
    photo = await make_photo(owner)

    async def attach(step_id: int) -> None:
        async with db.transaction():
            await media.attach([photo.id], owner, STEP.kind, step_id, PhotoRole.AFTER)

    results = await asyncio.gather(attach(1), attach(2), return_exceptions=True)

    assert sorted(type(result) for result in results if result) == [PhotosAlreadyUsed]
    assert await db.fetchval("SELECT count(*) FROM photo_attachment") == 1


async def test_the_audience_decides_what_is_listed(room: MediaRuntime, owner: int, now: datetime) -> None:
    before, after = await make_photo(owner, shade=1), await make_photo(owner, shade=2)
    await media.attach_many([(before.id, PhotoRole.BEFORE), (after.id, PhotoRole.AFTER)], owner, STEP.kind, STEP.id)

    seen = {who: [photo.role for photo in await queries.list_attached([STEP], now, who)] for who in Audience}

    assert seen == {
        Audience.STAFF: [PhotoRole.BEFORE, PhotoRole.AFTER],
        Audience.HELPER: [PhotoRole.BEFORE, PhotoRole.AFTER],
        Audience.REPORTER: [PhotoRole.AFTER],
        Audience.PUBLIC: [],
    }
