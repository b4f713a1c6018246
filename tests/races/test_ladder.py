"""Two workers climb at once, one dies in the middle: each rung rings once all the same."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.events import service as events
from backend.orders.deadlines.escalation import escalating
from tests.makers.orders import make_accepted
from tests.makers.town import make_town

ORDERS = 12


class WorkerDied(Exception):
    pass


@pytest.fixture
async def late_orders(database, now, monkeypatch):
    """Orders that are late, looked at a few at a time."""
    monkeypatch.setattr(escalating, "BATCH", 3)
    town = await make_town(now)
    for _ in range(ORDERS):
        await make_accepted(town, now)
    return now + timedelta(minutes=16)


async def counts() -> tuple[int, int, int]:
    return tuple(
        await db.fetchrow(
            "SELECT (SELECT count(*) FROM escalation), (SELECT count(DISTINCT (order_id, rung_id)) FROM escalation),"
            " (SELECT count(*) FROM event_log WHERE name = 'OrderEscalated')"
        )
    )


async def test_several_workers_at_once_ring_each_rung_once(late_orders):
    rang = await asyncio.gather(*(escalating.escalate_due(late_orders) for _ in range(4)))
    rang.append(await escalating.escalate_due(late_orders))

    rows, distinct, facts = await counts()
    assert sum(rang) == rows == distinct == facts
    assert rows % ORDERS == 0
    assert await escalating.escalate_due(late_orders) == 0


async def test_a_worker_that_dies_in_the_middle_leaves_nothing_half_rung(late_orders, monkeypatch):
    record, calls = events.record, []

    async def die_at_the_second(*facts):
        calls.append(facts)
        if len(calls) == 2:
            raise WorkerDied
        return await record(*facts)

    monkeypatch.setattr(events, "record", die_at_the_second)
    with pytest.raises(WorkerDied):
        await escalating.escalate_due(late_orders)
    monkeypatch.setattr(events, "record", record)
    before = await counts()

    await escalating.escalate_due(late_orders)

    rows, distinct, facts = await counts()
    assert before[0] == before[2] == rows // 4
    assert rows == distinct == facts
