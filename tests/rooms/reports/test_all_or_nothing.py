"""A report is filed whole or not at all: order, first step, photos, report and fact are one statement."""

import asyncio
from uuid import UUID, uuid4

import pytest

from backend import db
from media.errors import PhotosAlreadyUsed, PhotosNotUsable
from tests.makers.orders import make_order, make_photos
from tests.makers.town import SmallTown, make_town

pytestmark = pytest.mark.usefixtures("database")
TABLES = ("work_order", "order_step", "photo_attachment", "report", "event_log", "event_pending")


async def rows() -> dict[str, int]:
    return {table: await db.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}


async def unknown_photo(_: SmallTown, __) -> UUID:
    return uuid4()


async def photo_of_somebody_else(town: SmallTown, _) -> UUID:
    return (await make_photos(town.handlers[0]))[0]


async def photo_of_another_report(town: SmallTown, now) -> UUID:
    (photo,) = await make_photos(town.resident)
    await make_order(town, now, photo_ids=[photo])
    return photo


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (unknown_photo, PhotosNotUsable),
        (photo_of_somebody_else, PhotosNotUsable),
        (photo_of_another_report, PhotosAlreadyUsed),
    ],
)
async def test_a_photo_that_cannot_serve_is_named_and_nothing_is_filed(now, made, refusal):
    town = await make_town(now)
    bad, (good,) = await made(town, now), await make_photos(town.resident)
    before = await rows()

    with pytest.raises(refusal) as refused:
        await make_order(town, now, photo_ids=[good, bad])

    assert refused.value.extra["photo_ids"] == [str(bad)]
    assert await rows() == before
    assert (await make_order(town, now, photo_ids=[good])).is_new  # the other one can still serve


async def test_each_table_gets_its_row(now):
    town = await make_town(now)
    before = await rows()

    await make_order(town, now)

    assert await rows() == {table: count + 1 for table, count in before.items()}


async def test_a_report_that_is_sent_again_writes_nothing(now):
    town = await make_town(now)
    photos = await make_photos(town.resident)
    await make_order(town, now, idempotency_key="client-0001", photo_ids=photos)
    before = await rows()

    again = await make_order(town, now, idempotency_key="client-0001", photo_ids=photos)

    assert not again.is_new
    assert await rows() == before


async def test_of_reports_at_once_with_one_photo_one_is_filed(now):
    town = await make_town(now)
    photos, before = await make_photos(town.resident), await rows()

    outcomes = await asyncio.gather(
        *(make_order(town, now, photo_ids=photos) for _ in range(10)), return_exceptions=True
    )

    assert sum(isinstance(outcome, PhotosAlreadyUsed) for outcome in outcomes) == 9
    assert await rows() == {table: count + 1 for table, count in before.items()}
