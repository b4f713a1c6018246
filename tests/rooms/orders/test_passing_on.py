"""超时转派: what nobody accepts in time goes to the next unit that answers, and at last rests at the centre."""

from datetime import timedelta

import msgspec
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.assignment.passing_on import pass_on_unaccepted
from backend.orders.deadlines.escalation import escalating
from backend.orders.deadlines.escalation.reads import list_escalations
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.inputs import CoHandle, Reassign
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from push import queries as push
from tests.makers.duty import make_handler, name, open_order, order_of, put_on_duty
from tests.makers.orders import make_accepted, make_closed
from tests.makers.town import TOWN, make_actor, make_town, make_unit
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
RESPOND = timedelta(minutes=3)
"""What A101 leaves to accept."""


@pytest.fixture
async def rungs(database, now):
    """The town's patrol, behind it that of the district, behind it nobody."""
    town = await make_town(now)
    district = await make_unit("chengguan_patrol", TOWN[:6])
    colleague = await make_handler(district, "区巡查员", TOWN[:6])
    await put_on_duty(colleague, now)
    return town, colleague


async def owner(order_id):
    order = await order_of(order_id)
    return order["unit_id"], order["handler_id"]


async def falls(order_id):
    return await db.fetch(
        "SELECT from_state, to_state, actor_id, actor_role, detail::text FROM order_step"
        " WHERE order_id = $1 AND move = 'pass_on' ORDER BY id",
        order_id,
    )


async def titles(who):
    return [message.title_zh.split(":")[0] for message in (await push.list_messages(who.account_id, limit=20)).items]


async def test_an_order_falls_to_the_next_unit_and_then_rests_at_the_centre(rungs, now):
    _, colleague = rungs
    order_id = (await open_order(now)).order_id

    fell = [await pass_on_unaccepted(now + minutes) for minutes in (RESPOND / 2, RESPOND)]
    assert (fell, await owner(order_id)) == ([0, 1], (colleague.unit_id, colleague.account_id))
    order = await order_of(order_id)
    assert (order["state"], order["respond_by"], order["hop_count"]) == ("dispatched", now + 2 * RESPOND, 0)

    fell = [await pass_on_unaccepted(now + minutes) for minutes in (1.9 * RESPOND, 2 * RESPOND, timedelta(days=9))]
    assert (fell, await owner(order_id)) == ([0, 1, 0], (None, None))


async def test_the_house_itself_makes_the_step_and_says_from_whom_to_whom(rungs, now):
    town, colleague = rungs
    order_id = (await open_order(now)).order_id

    await pass_on_unaccepted(now + RESPOND)

    (step,) = await falls(order_id)
    said = msgspec.json.decode(step["detail"])
    assert tuple(step)[:4] == ("dispatched", "dispatched", None, "system")
    assert (said["from_unit"], said["to_unit"], said["strength"]) == (town.unit_id, colleague.unit_id, "roster")


async def test_the_new_unit_the_desk_and_the_supervisor_are_told(database, rungs, now):
    town, colleague = rungs
    watcher = await make_actor("中队长", Role.DISPATCHER, "310115106")
    await name(town.unit_id, town.handlers[0], item_code="A101", area_code=TOWN, supervisor=watcher)
    await open_order(now)

    await pass_on_unaccepted(now + RESPOND)
    await work(database)

    for who in (colleague, town.dispatcher, watcher):
        assert "超时未接单,已转派" in await titles(who)
    assert "超时未接单,已转派" not in await titles(town.handlers[0])


async def test_the_ladder_tells_of_the_same_minute_too(rungs, now):
    order_id = (await open_order(now)).order_id

    await escalating.escalate_due(now + RESPOND)
    await pass_on_unaccepted(now + RESPOND)
    await escalating.escalate_due(now + 2 * RESPOND)

    rung = [one.at_percent for one in await list_escalations(order_id) if one.stage == "respond"]
    assert rung == [50, 80, 100, 50, 80, 100]


async def test_what_was_accepted_never_falls(rungs, now):
    town, _ = rungs
    order_id = await make_accepted(town, now)

    assert await pass_on_unaccepted(now + timedelta(days=1)) == 0
    assert await owner(order_id) == (town.unit_id, town.handlers[0].account_id)


async def test_a_unit_where_nobody_could_take_it_is_passed_over(rungs, now):
    _, colleague = rungs
    await db.execute("UPDATE account SET is_active = false WHERE id = $1", colleague.account_id)
    order_id = (await open_order(now)).order_id

    await pass_on_unaccepted(now + RESPOND)

    assert await owner(order_id) == (None, None)


async def test_an_order_that_went_through_every_unit_rests_at_the_centre(rungs, now):
    town, _ = rungs
    order_id = (await open_order(now)).order_id
    await pass_on_unaccepted(now + RESPOND)
    back = Reassign(unit_id=town.unit_id, reason="请再看")
    await orders.reassign(order_id, back, TransitionContext(actor=town.dispatcher, now=now + RESPOND))

    await pass_on_unaccepted(now + 2 * RESPOND)

    assert await owner(order_id) == (None, None)
    assert len(await falls(order_id)) == 2


async def test_a_reopened_order_falls_by_its_new_limit(rungs, now):
    town, colleague = rungs
    order_id = await make_closed(town, now)
    tomorrow = now + timedelta(days=1)
    await orders.reopen(order_id, "还在", TransitionContext(actor=as_reporter(town.resident.account_id), now=tomorrow))

    assert await pass_on_unaccepted(tomorrow + RESPOND / 2) == 0
    assert await pass_on_unaccepted(tomorrow + RESPOND) == 1
    assert (await owner(order_id))[0] == colleague.unit_id


async def test_a_sub_order_was_asked_of_one_unit_and_falls_to_the_centre(rungs, now):
    town, _ = rungs
    order_id = await make_accepted(town, now)
    helper = await make_unit("sanitation")
    await make_handler(helper)
    wanted = CoHandle(unit_id=helper, reason="需清扫")
    opened = await orders.co_handle(order_id, wanted, TransitionContext(actor=town.handlers[0], now=now))
    assert opened is not None

    await pass_on_unaccepted(now + RESPOND)

    assert await owner(opened.order_id) == (None, None)


async def test_one_order_that_cannot_be_passed_on_holds_up_no_other(rungs, now, monkeypatch):
    from backend.orders.assignment import choosing

    choose_next, first = choosing.choose_next, (await open_order(now)).order_id
    second = (await open_order(now)).order_id

    async def stumble(order, at):
        if order.id == first:
            raise RuntimeError("a rule that cannot be read")
        return await choose_next(order, at)

    monkeypatch.setattr(choosing, "choose_next", stumble)
    assert await pass_on_unaccepted(now + RESPOND) == 1
    assert (len(await falls(first)), len(await falls(second))) == (0, 1)

    monkeypatch.setattr(choosing, "choose_next", choose_next)
    assert await pass_on_unaccepted(now + RESPOND) == 1


async def test_whoever_comes_too_late_is_told_that_it_is_elsewhere(rungs, now):
    town, _ = rungs
    order_id = (await open_order(now)).order_id
    await pass_on_unaccepted(now + RESPOND)

    with pytest.raises(OrderNotFound):
        await orders.accept(order_id, TransitionContext(actor=town.handlers[1], now=now + RESPOND))
