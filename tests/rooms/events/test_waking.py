"""Whoever delivers facts or shows them live is woken after the commit, and looks by itself where nobody does."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
import pytest

from backend import db
from backend.events import live, waking
from backend.events.deliverer import Deliverer
from backend.events.delivery import Delivery
from backend.events.facts import Fact, Recorded
from backend.events.live import LiveHub, Subscription
from backend.events.waking import Waker
from backend.orders.model.events import OrderAccepted, OrderDispatched
from tests.makers.facts import record
from tests.makers.orders import make_order
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")
NEVER_S = 3600.0


@asynccontextmanager
async def delivered(database: str, kind: type[Fact] = OrderAccepted) -> AsyncIterator[asyncio.Event]:
    """A worker's loop; set when it delivered something of that kind."""
    done, stop = asyncio.Event(), asyncio.Event()

    async def note(_: Sequence[Recorded]) -> None:
        done.set()

    connection = await asyncpg.connect(database)
    running = asyncio.create_task(Deliverer(Delivery({kind.name(): ["note"]}, {"note": note})).run(connection, stop))
    try:
        yield done
    finally:
        stop.set()
        await running
        await connection.close()


@asynccontextmanager
async def page(database: str) -> AsyncIterator[Subscription]:
    hub = LiveHub(database)
    async with hub.running(), hub.subscribe(lambda _: True) as subscription:
        yield subscription


async def heard(subscription: Subscription, count: int) -> list[int]:
    """The subjects of the next so many facts."""
    found = []
    for _ in range(count):
        message = await subscription.next(10)
        assert message is not None and message.event is not None
        found.append(message.event.subject_id)
    return found


async def test_a_worker_that_waits_is_woken_by_the_commit(database, monkeypatch):
    monkeypatch.setattr(waking, "LOOK_EVERY_S", NEVER_S)
    await record(1)
    async with delivered(database) as done, Waker(database).running():
        await asyncio.wait_for(done.wait(), 10)
        done.clear()  # from now on it waits to be woken
        await record(2)
        await asyncio.wait_for(done.wait(), 10)


async def test_a_report_wakes_though_it_opens_no_transaction(database, now, monkeypatch):
    monkeypatch.setattr(waking, "LOOK_EVERY_S", NEVER_S)
    town = await make_town(now)
    async with delivered(database, OrderDispatched) as done, Waker(database).running():
        await make_order(town, now)
        await asyncio.wait_for(done.wait(), 10)
        done.clear()
        await make_order(town, now)
        await asyncio.wait_for(done.wait(), 10)


async def test_a_notification_that_never_came_costs_a_moment_and_no_fact(database):
    async with delivered(database) as done:
        await record(1)
        await asyncio.wait_for(done.wait(), 10)


async def test_a_page_hears_of_its_own_process_without_a_notification(database, monkeypatch):
    monkeypatch.setattr(live, "LOOK_EVERY_S", NEVER_S)
    async with page(database) as subscription:
        for subject_id in (7, 8):
            await record(subject_id)
            assert await heard(subscription, 1) == [subject_id]


async def test_a_page_shows_what_was_committed_though_nobody_said_so(database, monkeypatch):
    monkeypatch.setattr(waking, "wake", lambda: None)
    async with page(database) as subscription:
        await record(7)
        assert await heard(subscription, 1) == [7]


async def test_a_page_gets_each_fact_once_whichever_order_they_commit_in(database):
    begun, finish = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with db.transaction():
            await record(1)
            begun.set()
            await finish.wait()

    async with page(database) as subscription, Waker(database).running():
        late = asyncio.create_task(slow())
        await begun.wait()
        for subject_id in (2, 3, 4):
            await record(subject_id)
        assert await heard(subscription, 3) == [2, 3, 4]
        finish.set()
        await late
        await record(5)
        assert await heard(subscription, 2) == [1, 5]


async def test_nobody_is_woken_for_what_was_rolled_back(monkeypatch):
    woken: list[int] = []
    monkeypatch.setattr(waking, "wake", lambda: woken.append(1))

    with pytest.raises(ZeroDivisionError):
        async with db.transaction():
            await record(1)
            raise ZeroDivisionError
    assert woken == []

    async with db.transaction():
        await record(1)
        await record(2)
        assert woken == []
    assert woken == [1]
