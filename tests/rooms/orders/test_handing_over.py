"""离岗移交: what somebody has who leaves goes to others, whatever it was they left; what is theirs stays."""

from datetime import timedelta

import msgspec
import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role, StaffDraft
from backend.duty import queries as rosters
from backend.duty import service as duty
from backend.orders import verbs as orders
from backend.orders.assignment import handing_over
from backend.orders.assignment.handing_over import hand_over
from backend.orders.model.errors import NotYours
from backend.orders.model.inputs import AskSuspension, CheckInInput, CoHandle, Decide, Verify
from backend.orders.transitions.transition import TransitionContext
from push import queries as push
from tests.makers.duty import make_handler, name, open_order, order_of, put_on_duty
from tests.makers.orders import make_accepted, make_handled
from tests.makers.town import TOWN, make_town, make_unit
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
HOUR = timedelta(hours=1)


@pytest.fixture
async def town(database, now):
    return await make_town(now)


async def owner(order_id):
    order = await order_of(order_id)
    return order["state"], order["unit_id"], order["handler_id"]


async def steps(order_id):
    return await db.fetch(
        "SELECT from_state, to_state, actor_id, actor_role, detail::text FROM order_step"
        " WHERE order_id = $1 AND move = 'hand_over' ORDER BY id",
        order_id,
    )


async def leave(who, now):
    await duty.deactivate(who.account_id, now)
    return await hand_over(now)


async def lose_the_role(town, now):
    await accounts.ungrant(town.handlers[0].account_id, Grant(Role.HANDLER, TOWN))


async def move_to_another_unit(town, now):
    username = await db.fetchval("SELECT username FROM account WHERE id = $1", town.handlers[0].account_id)
    grants = (Grant(Role.HANDLER, TOWN),)
    draft = StaffDraft(username=username, display_name="李", unit_id=await make_unit("sanitation"), grants=grants)
    await duty.set_staff(draft, now)


async def leave_the_house(town, now):
    await duty.deactivate(town.handlers[0].account_id, now)


async def keep_the_role_in_another_town(town, now):
    await accounts.grant(town.handlers[0].account_id, Grant(Role.HANDLER, "310115106"))
    await lose_the_role(town, now)


async def accepted(town, now):
    return await make_accepted(town, now)


async def assigned(town, now):
    return (await open_order(now)).order_id


async def on_site(town, now):
    order_id = await make_accepted(town, now)
    await orders.check_in(order_id, CheckInInput(code=town.code), TransitionContext(actor=town.handlers[0], now=now))
    return order_id


async def suspended(town, now):
    order_id = await make_accepted(town, now)
    await orders.ask_suspension(
        order_id, AskSuspension(reason="下雨"), TransitionContext(actor=town.handlers[0], now=now)
    )
    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=town.dispatcher, now=now))
    return order_id


@pytest.mark.parametrize("stage", [assigned, accepted, on_site, suspended])
async def test_at_every_stage_it_goes_back_to_the_unit_and_begins_with_nobody(town, now, stage):
    order_id = await stage(town, now)
    resolve_by = (await order_of(order_id))["resolve_by"]
    assert (await owner(order_id))[2] == town.handlers[0].account_id

    assert await leave(town.handlers[0], now) == 1

    order = await order_of(order_id)
    assert await owner(order_id) == ("dispatched", town.unit_id, None)
    assert (order["accepted_at"], order["arrived_at"], order["hop_count"]) == (None, None, 0)
    assert order["resolve_by"] == resolve_by
    await orders.accept(order_id, TransitionContext(actor=town.handlers[1], now=now))


@pytest.mark.parametrize("loss", [leave_the_house, lose_the_role, move_to_another_unit, keep_the_role_in_another_town])
async def test_whatever_it_was_that_they_lost_the_fact_lets_the_order_go(database, town, now, loss):
    order_id = await make_accepted(town, now)

    await loss(town, now)
    await work(database)

    assert await owner(order_id) == ("dispatched", town.unit_id, None)
    assert await hand_over(now) == 0


async def test_another_role_lost_changes_no_owner(database, town, now):
    holder = town.handlers[0].account_id
    await accounts.grant(holder, Grant(Role.VERIFIER, TOWN))
    order_id = await make_accepted(town, now)

    await accounts.ungrant(holder, Grant(Role.VERIFIER, TOWN))
    await work(database)

    assert await owner(order_id) == ("accepted", town.unit_id, holder)


async def test_the_house_makes_the_step_and_says_from_whom_to_whom(town, now):
    await put_on_duty(town.handlers[1], now)
    order_id = await make_accepted(town, now)

    await leave(town.handlers[0], now)

    (step,) = await steps(order_id)
    said = msgspec.json.decode(step["detail"])
    assert tuple(step)[:4] == ("accepted", "dispatched", None, "system")
    assert (said["from_handler"], said["to_handler"]) == tuple(one.account_id for one in town.handlers)


async def test_whoever_gets_it_and_the_desk_are_told_and_who_left_is_not(database, town, now):
    await put_on_duty(town.handlers[1], now)
    await make_accepted(town, now)

    await duty.deactivate(town.handlers[0].account_id, now)
    await work(database)

    async def titles(who):
        messages = (await push.list_messages(who.account_id, limit=20)).items
        return [message.title_zh.split(":")[0] for message in messages]

    for who in (town.handlers[1], town.dispatcher):
        assert "原处置人员离岗,已移交" in await titles(who)
    assert "原处置人员离岗,已移交" not in await titles(town.handlers[0])


async def test_the_next_one_has_the_full_time_to_accept_and_no_more_time_to_resolve(town, now):
    order_id = await make_accepted(town, now)
    before = await order_of(order_id)

    await leave(town.handlers[0], now + HOUR)

    after = await order_of(order_id)
    assert after["respond_by"] - before["respond_by"] == HOUR
    assert after["resolve_by"] == before["resolve_by"]


async def test_a_unit_of_nobody_else_lets_it_go_to_the_next_and_at_last_to_the_centre(now):
    town = await make_town(now, handlers=1)
    colleague = await make_handler(await make_unit("chengguan_patrol", TOWN[:6]), "区巡查员", TOWN[:6])
    await put_on_duty(colleague, now)
    order_id = await make_accepted(town, now)

    assert await leave(town.handlers[0], now) == 1
    assert await owner(order_id) == ("dispatched", colleague.unit_id, colleague.account_id)

    assert await leave(colleague, now) == 1
    assert await owner(order_id) == ("dispatched", None, None)


async def test_the_last_of_a_pool_takes_what_lies_in_it_along(now):
    town = await make_town(now, handlers=0)
    last = await make_handler(town.unit_id)
    order_id = (await open_order(now)).order_id
    assert await owner(order_id) == ("dispatched", town.unit_id, None)

    assert await leave(last, now) == 1

    assert await owner(order_id) == ("dispatched", None, None)
    assert await hand_over(now) == 0


async def test_a_sub_order_was_asked_of_one_unit_and_goes_to_the_centre(town, now):
    order_id = await make_accepted(town, now)
    helper = await make_unit("sanitation")
    cleaner = await make_handler(helper)
    asked = CoHandle(unit_id=helper, reason="需清扫")
    opened = await orders.co_handle(order_id, asked, TransitionContext(actor=town.handlers[0], now=now))
    assert opened is not None
    await orders.accept(opened.order_id, TransitionContext(actor=cleaner, now=now))

    await leave(cleaner, now)

    assert await owner(opened.order_id) == ("dispatched", None, None)


async def test_what_is_handled_waits_for_its_verifier_and_is_handed_over_when_sent_back(town, now):
    order_id = await make_handled(town, now)
    assert await leave(town.handlers[0], now) == 0
    assert (await owner(order_id))[0] == "handled"

    await orders.verify(order_id, Verify(result="fail", note="没好"), TransitionContext(actor=town.verifier, now=now))

    assert await hand_over(now) == 1
    assert await owner(order_id) == ("dispatched", town.unit_id, None)


async def test_an_access_token_that_outlives_its_holder_accepts_nothing(town, now):
    order_id = (await open_order(now)).order_id
    await duty.deactivate(town.handlers[1].account_id, now)

    with pytest.raises(NotYours):
        await orders.accept(order_id, TransitionContext(actor=town.handlers[1], now=now))

    assert (await owner(order_id))[0] == "dispatched"


async def test_who_left_is_named_and_on_duty_for_no_new_order(town, now):
    gone, stays = town.handlers
    await name(town.unit_id, gone, area_code=TOWN)
    await put_on_duty(stays, now)

    await duty.deactivate(gone.account_id, now)

    assert (await owner((await open_order(now)).order_id))[2] == stays.account_id
    assert not await rosters.is_on_duty(gone.account_id, now)


async def test_one_order_that_cannot_be_handed_over_holds_up_no_other(town, now, monkeypatch):
    first, second = await make_accepted(town, now), await make_accepted(town, now)
    hand_over_one = handing_over.hand_over_one

    async def stumble(order_id, at):
        if order_id == first:
            raise RuntimeError("a rule that cannot be read")
        return await hand_over_one(order_id, at)

    monkeypatch.setattr(handing_over, "hand_over_one", stumble)
    assert await leave(town.handlers[0], now) == 1
    assert [(await owner(order_id))[0] for order_id in (first, second)] == ["accepted", "dispatched"]
