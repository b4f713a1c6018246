"""Facts become messages: the right people, once, however often a job runs."""

import pytest

from backend import db, wiring
from backend.events.delivery import Delivery
from backend.geo.points import Fix
from backend.jobs import runner
from backend.orders import verbs as orders
from backend.orders.model.inputs import Appeal, CheckInInput
from backend.orders.transitions.transition import TransitionContext
from push import queries
from tests.makers.orders import make_accepted, make_closed, make_order, make_photos
from tests.makers.town import DOOR, make_town
from tests.makers.worker import deliver, work


async def titles(account_id: int) -> list[str]:
    return [message.title_zh.split(":")[0] for message in (await queries.list_messages(account_id, limit=50)).items]


async def test_the_person_on_duty_is_told_of_a_new_order_with_its_deadline(database, now):
    town = await make_town(now)
    await make_order(town, now)

    await work(database)

    assert await titles(town.handlers[0].account_id) == ["新工单"]
    assert await titles(town.handlers[1].account_id) == []


async def test_everybody_of_the_unit_is_told_when_nobody_is_on_duty(database, now):
    town = await make_town(now)
    await db.execute("DELETE FROM duty_shift")
    await make_order(town, now)

    await work(database)

    assert len(await titles(town.handlers[0].account_id)) == len(await titles(town.handlers[1].account_id)) == 1


async def test_a_life_told_twice_is_told_once(database, now):
    town = await make_town(now)
    await make_closed(town, now)
    await work(database)
    told = await db.fetchval("SELECT count(*) FROM message")

    await db.execute("INSERT INTO event_pending (event_id) SELECT id FROM event_log")
    await work(database)

    assert await db.fetchval("SELECT count(*) FROM message") == told
    assert await titles(town.resident.account_id) == ["已结案", "处置人员已到场", "已接单"]
    assert await titles(town.verifier.account_id) == ["已处置,请核查"]


async def test_the_desk_is_told_of_an_appeal_with_the_distance_and_the_reason(database, now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    appeal = Appeal(reason="地库没有信号", photo_ids=await make_photos(town.handlers[0]))
    far = CheckInInput(point=Fix(lng=DOOR.lng, lat=DOOR.lat + 0.01), appeal=appeal)
    await orders.check_in(order_id, far, TransitionContext(actor=town.handlers[0], now=now))

    await work(database)

    assert "到场申诉,请查看" in await titles(town.dispatcher.account_id)
    [told] = [
        message
        for message in (await queries.list_messages(town.dispatcher.account_id, limit=50)).items
        if message.title_en.startswith("Arrival by appeal")
    ]
    assert told.body_zh.endswith("距现场 1109 米 地库没有信号")
    assert told.body_en.endswith("1109 m away 地库没有信号")


async def test_a_failing_reaction_hides_no_other(database, now):
    town = await make_town(now)
    await make_closed(town, now)
    broken = Delivery(wiring.REACTIONS, {**wiring.FUNCTIONS, "push.notify_verifiers": _fail})

    await deliver(broken)
    await runner.drain(database, broken.handlers())

    assert "已结案" in await titles(town.resident.account_id)
    held = await db.fetch("SELECT entrypoint, status::text FROM pgqueuer")
    assert [tuple(row) for row in held] == [("push.notify_verifiers", "failed")]


async def _fail(_: object) -> None:
    raise RuntimeError("the gateway is down")


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level("CRITICAL")
