"""A recovery: one line in the order and one message to whoever has it, however often the device repeats itself."""

from datetime import timedelta

import pytest

from backend.accounts.structs import Actor
from backend.intake.sensors import recovering
from backend.intake.sources.structs import Source
from backend.orders import verbs
from backend.orders.reads.detail import list_steps
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext
from push import queries as inbox
from tests.makers.sensors import make_sensor_source, make_sensors, orders, reading, recovery, take_and_file
from tests.makers.town import SmallTown, make_town

pytestmark = pytest.mark.usefixtures("intake")
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def place(now) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def source(now, place) -> Source:
    source = await make_sensor_source(now)
    await make_sensors(source, place.place_id, now, "m-1", "m-2", kind="bicycle_magnetometer")
    return source


async def heard(actor: Actor, kind: str = "OrderRecovered") -> list[str]:
    messages = (await inbox.list_messages(actor.account_id, limit=50)).items
    return [each.title_zh for each in messages if each.kind == kind]


async def lines(order_id: int) -> int:
    return [step["move"] for step in await list_steps(order_id)].count("note_recovery")


async def test_whoever_has_the_order_is_told_once_that_all_of_it_is_over(source, place, now):
    await take_and_file(source, now, reading("m-1", now), reading("m-2", now))
    [order] = await orders()
    await verbs.accept(order["id"], TransitionContext(actor=place.handlers[0], now=now))

    await take_and_file(source, now, recovery("m-1", now + MINUTE))
    assert (await lines(order["id"]), await heard(place.handlers[0])) == (0, []), "the other one is on alarm still"
    for nr in range(3):
        await take_and_file(source, now, recovery("m-2", now + (2 + nr) * MINUTE))
    [row] = await orders()
    assert (row["state"], await lines(order["id"])) == ("accepted", 1)
    [title] = await heard(place.handlers[0])
    assert "设备显示已恢复" in title
    assert await heard(place.handlers[1]) == []

    soon = now + 6 * MINUTE
    await take_and_file(source, soon, reading("m-1", soon), recovery("m-1", soon + MINUTE))
    assert await lines(order["id"]) == 1, "a device that swings back and forth is no news each minute"
    later = now + recovering.NOTED_EVERY + MINUTE
    await take_and_file(source, later, reading("m-1", later))
    await take_and_file(source, later, recovery("m-1", later + MINUTE))
    assert (await lines(order["id"]), len(await heard(place.handlers[0]))) == (2, 2)


async def test_before_anybody_has_it_those_are_told_who_were_told_of_the_order_and_of_what_has_ended_nobody(
    source, place, now
):
    await take_and_file(source, now, reading("m-1", now))
    await take_and_file(source, now, recovery("m-1", now + MINUTE))

    [order] = await orders()
    assert await lines(order["id"]) == 1
    counts = [(len(await heard(each)), len(await heard(each, "OrderDispatched"))) for each in place.handlers]
    assert {recovered == dispatched for recovered, dispatched in counts} == {True}
    assert (1, 1) in counts

    await take_and_file(source, now, reading("m-1", now + 12 * MINUTE))
    await verbs.withdraw(order["id"], "车已推走", TransitionContext(actor=SYSTEM_ACTOR, now=now))
    await take_and_file(source, now, recovery("m-1", now + 13 * MINUTE))
    assert await lines(order["id"]) == 1
