"""Reports that come at once share their statements; each is filed, answered and refused as if it had come alone."""

import asyncio
from uuid import uuid4

import pytest

from backend import batching, db
from bench.parts.statements import heard_from
from media.errors import PhotosNotUsable
from tests.makers.orders import make_order, make_photos
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")
MANY = 12


async def test_of_many_at_once_each_has_its_own_order_step_photos_and_fact_and_few_statements_are_sent(
    now, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(batching, "BESIDE_S", 60)  # on a slow machine, too, the next one waits for the one before
    town = await make_town(now)
    photos = [await make_photos(town.resident, 2) for _ in range(MANY)]
    await make_order(town, now)  # the driver knows every type
    sent = []

    async def send_all():
        sent.extend(await asyncio.gather(*(make_order(town, now, photo_ids=each) for each in photos)))

    heard = await heard_from(send_all)

    assert len({each.receipt.order_id for each in sent}) == len({each.receipt.number for each in sent}) == MANY
    assert [await _photos_of(each.receipt) for each in sent] == photos
    assert sum("INSERT INTO work_order" in each.sql for each in heard) < MANY / 2


async def test_among_others_one_that_cannot_be_filed_is_refused_by_itself(now):
    town = await make_town(now)
    unknown = uuid4()
    photos = [await make_photos(town.resident) for _ in range(MANY)]
    photos[MANY // 2] = [unknown]

    outcomes = await asyncio.gather(*(make_order(town, now, photo_ids=each) for each in photos), return_exceptions=True)

    (refused,) = [each for each in outcomes if isinstance(each, Exception)]
    assert isinstance(refused, PhotosNotUsable)
    assert refused.extra["photo_ids"] == [str(unknown)]
    assert await db.fetchval("SELECT count(*) FROM work_order") == MANY - 1


async def test_one_that_is_sent_several_times_at_once_is_filed_once_beside_others(now):
    town = await make_town(now)
    photos = await make_photos(town.resident)
    again = [make_order(town, now, idempotency_key="client-0001", photo_ids=photos) for _ in range(4)]
    others = [make_order(town, now) for _ in range(4)]

    outcomes = await asyncio.gather(*again, *others)

    assert [each.is_new for each in outcomes].count(True) == 5
    assert len({each.receipt.order_id for each in outcomes[:4]}) == 1


async def _photos_of(receipt) -> list:
    return await db.fetchval(_PHOTOS, receipt.order_id, receipt.number, receipt.report_id)


_PHOTOS = """
    SELECT array_agg(a.photo_id ORDER BY a.position) FROM work_order o
    JOIN report r ON r.order_id = o.id JOIN order_step s ON s.order_id = o.id
    JOIN photo_attachment a ON a.subject_kind = 'order_step' AND a.subject_id = s.id
    JOIN event_log e ON e.subject = 'order' AND e.subject_id = o.id AND e.body ->> 'number' = o.number
    WHERE o.id = $1 AND o.number = $2 AND r.id = $3
"""
