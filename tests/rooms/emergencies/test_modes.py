"""Begin and end an emergency: deadlines, priorities and duty follow it, and come back."""

from datetime import timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.structs import ClockRule
from backend.duty import queries as duty
from backend.duty import service as duties
from backend.emergencies import forgotten, modes, queries, situation, wording
from backend.emergencies.errors import (
    EmergencyOnAlready,
    EmergencyOver,
    EmergencyPlanUnknown,
    EmergencyUnknown,
    LevelUnchanged,
    NotInCommand,
)
from backend.emergencies.structs import Beginning, EmergencyKind, EntryDraft, LevelChange
from backend.orders.assignment.choosing import load
from backend.orders.reads.detail import get_order
from tests.makers.duty import HERE, make_handler, open_order, order_of
from tests.makers.emergencies import begin, make_head, make_plan
from tests.makers.orders import make_order
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
HALF = ClockRule(percent=50)
DISTRICT = TOWN[:6]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


async def test_a_begin_and_an_end_move_what_is_open_and_each_stretch_counts_for_itself(now, database):
    town, head = await make_town(now), await make_head()
    order_id = (await make_order(town, now)).receipt.order_id
    usual = (await order_of(order_id))["resolve_by"]
    plan_id = await make_plan(now, clocks=(ClockRule(percent=10),))

    emergency_id = await begin(head, now, plan_id=plan_id)
    await work(database)
    hurried = (await order_of(order_id))["resolve_by"]
    await modes.end(emergency_id, "险情解除", head, now)
    await work(database)

    assert now < hurried < usual
    assert (await order_of(order_id))["resolve_by"] == usual
    steps = await db.fetch(
        "SELECT detail ->> 'cause' AS cause FROM order_step WHERE move = 'clock' AND order_id = $1", order_id
    )
    assert [step["cause"] for step in steps] == ["emergency", "emergency"]


async def test_what_is_opened_meanwhile_goes_by_the_plan_and_is_as_urgent_as_it_says(now, database):
    await make_town(now)
    head = await make_head()
    plan_id = await make_plan(now, clocks=(ClockRule(item_prefix="A101", respond_min=1, raises_to="P1"),))
    emergency_id = await begin(head, now, plan_id=plan_id)

    order_id = (await open_order(now)).order_id

    order = await order_of(order_id)
    assert order["respond_by"] == now + minutes(1)
    assert order["priority"] == "P1"
    assert order["raised_from"] > "P1"
    await modes.end(emergency_id, "解除", head, now)
    await work(database)
    after = await order_of(order_id)
    assert (after["priority"], after["raised_from"]) == (order["raised_from"], None)
    assert after["respond_by"] > order["respond_by"]


async def test_open_orders_are_raised_by_the_begin_and_set_back_by_the_end(now, database):
    await make_town(now)
    head = await make_head()
    order_id = (await open_order(now)).order_id
    usual = (await order_of(order_id))["priority"]

    emergency_id = await begin(head, now, plan_id=await make_plan(now, clocks=(ClockRule(raises_to="P0"),)))
    await work(database)
    assert (await order_of(order_id))["priority"] == "P0"
    await modes.end(emergency_id, "解除", head, now)
    await work(database)

    assert (await order_of(order_id))["priority"] == usual


async def test_a_raised_priority_is_a_step_with_who_and_why_and_whoever_has_it_is_told(now, database, photo_room):
    town, head = await make_town(now), await make_head()
    order_id = (await make_order(town, now)).receipt.order_id
    usual = (await order_of(order_id))["priority"]
    await work(database)

    emergency_id = await begin(head, now, plan_id=await make_plan(now, clocks=(ClockRule(raises_to="P1"),)))
    await work(database)
    later_id = (await open_order(now)).order_id
    await modes.end(emergency_id, "解除", head, now)
    await work(database)

    detail = await get_order(order_id, town.dispatcher, now)
    moved = [
        (step.priority.old, step.priority.new, step.actor_name, step.reason) for step in detail.steps if step.priority
    ]
    assert moved == [(usual, "P1", head.name, "台风登陆"), ("P1", usual, head.name, "解除")]
    opened = (await get_order(later_id, town.dispatcher, now)).steps[0].priority
    assert opened is not None and (opened.old, opened.new) == (usual, "P1")
    assert all(step.priority is None for step in (await get_order(order_id, town.resident, now)).steps)
    told = await db.fetch("SELECT account_id, title_zh FROM message WHERE kind = 'OrderClockChanged'")
    assert [(row["account_id"], row["title_zh"][:7]) for row in told] == [(town.handlers[0].account_id, "已提级为 P1")]


async def test_an_order_that_is_raised_to_p0_is_offered_to_nobody(now):
    await make_town(now)
    head = await make_head()
    await begin(head, now, plan_id=await make_plan(now, clocks=(ClockRule(raises_to="P0"),)))

    assert (await order_of((await open_order(now)).order_id))["state"] == "dispatched"


async def test_the_emergency_s_list_takes_the_place_of_the_usual_one_where_somebody_is_on_it(now):
    town, head = await make_town(now), await make_head()
    second = town.handlers[1]
    await duties.start_shift(second.account_id, town.unit_id, TOWN, now - minutes(60), roster="flood")

    async def on_duty():
        standing = await duty.get_standing(town.unit_id, HERE, now, load)
        return [one.account_id for one in standing.on_duty]

    assert await on_duty() == [town.handlers[0].account_id]
    emergency_id = await begin(head, now, plan_id=await make_plan(now, roster="flood"))
    assert await on_duty() == [second.account_id]
    assert (await order_of((await open_order(now)).order_id))["handler_id"] == second.account_id
    assert {each.account_id for each in await duty.list_on_duty_within(TOWN, now)} == {second.account_id}
    await modes.end(emergency_id, "解除", head, now)
    assert await on_duty() == [town.handlers[0].account_id]


async def test_a_unit_with_nobody_on_the_emergency_s_list_goes_on_as_usual(now):
    town, head = await make_town(now), await make_head()
    await begin(head, now, plan_id=await make_plan(now, roster="flood"))

    assert (await order_of((await open_order(now)).order_id))["handler_id"] == town.handlers[0].account_id


async def test_named_persons_rest_while_an_emergency_s_list_is_in_force(now):
    town, head = await make_town(now), await make_head()
    named, second = await make_handler(town.unit_id, "责任人"), town.handlers[1]
    from tests.makers.duty import name

    await name(town.unit_id, named, area_code=TOWN)
    await duties.start_shift(second.account_id, town.unit_id, TOWN, now - minutes(60), roster="flood")

    assert (await order_of((await open_order(now)).order_id))["handler_id"] == named.account_id
    await begin(head, now, plan_id=await make_plan(now, roster="flood"))
    assert (await order_of((await open_order(now)).order_id))["handler_id"] == second.account_id


async def test_the_rule_of_nested_areas_is_the_same_in_the_statement_and_in_the_rule(now):
    town, head = await make_town(now), await make_head(DISTRICT)
    second = town.handlers[1]
    await duties.start_shift(second.account_id, town.unit_id, TOWN, now - minutes(60), roster="flood")
    await begin(head, now, level=2, plan_id=await make_plan(now, roster="flood"))
    await begin(head, now, area=DISTRICT, level=1)

    standing = await duty.get_standing(town.unit_id, HERE, now, load)
    assert [one.account_id for one in standing.on_duty] == [town.handlers[0].account_id], "the graver one has no list"


async def test_what_nobody_accepted_goes_back_to_whoever_is_usually_on_duty(now, database):
    town, head = await make_town(now), await make_head()
    second = town.handlers[1]
    await duties.start_shift(second.account_id, town.unit_id, TOWN, now - minutes(60), roster="flood")
    emergency_id = await begin(head, now, plan_id=await make_plan(now, roster="flood"))
    order_id = (await open_order(now)).order_id
    assert (await order_of(order_id))["handler_id"] == second.account_id

    await modes.end(emergency_id, "解除", head, now)
    await work(database)

    assert (await order_of(order_id))["handler_id"] == town.handlers[0].account_id


async def test_one_at_a_time_over_an_area_and_another_in_a_nested_one(now):
    await make_town(now)
    head = await make_head(DISTRICT)
    first = await begin(head, now)

    with pytest.raises(EmergencyOnAlready) as caught:
        await begin(head, now + minutes(1))
    await begin(head, now, area=DISTRICT)
    await begin(head, now, area=COMMITTEE)

    assert caught.value.extra["emergency_id"] == first


async def test_the_database_itself_refuses_two_stretches_over_an_area(now):
    insert = "INSERT INTO emergency_stretch (area_code, level, starts_at, ends_at) VALUES ($1, 3, $2, $3)"
    await db.execute(insert, TOWN, now, now + minutes(10))

    with pytest.raises(asyncpg.ExclusionViolationError):
        await db.execute(insert, TOWN, now + minutes(9), None)
    await db.execute(insert, TOWN, now + minutes(10), None)
    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("UPDATE emergency_stretch SET level = 1")


async def test_only_whoever_commands_the_whole_area_begins_changes_and_ends_it(now):
    town, head = await make_town(now), await make_head()
    for stranger in (town.dispatcher, town.handlers[0], await make_head("310115106")):
        with pytest.raises(NotInCommand):
            await begin(stranger, now)
    with pytest.raises(NotInCommand):
        await begin(head, now, area=DISTRICT)
    emergency_id = await begin(head, now)

    with pytest.raises(NotInCommand):
        await modes.end(emergency_id, "解除", town.dispatcher, now)
    with pytest.raises(EmergencyUnknown):
        await modes.end(emergency_id, "解除", await make_head("310115106", "别处"), now)


async def test_it_ends_once_and_a_plan_of_elsewhere_begins_nothing(now):
    await make_town(now)
    head = await make_head()
    elsewhere = await make_plan(now, area="310115106")
    with pytest.raises(EmergencyPlanUnknown):
        await begin(head, now, plan_id=elsewhere)
    fire = Beginning(area_code=TOWN, kind=EmergencyKind.FIRE, level=3, reason="火情", plan_id=await make_plan(now))
    with pytest.raises(EmergencyPlanUnknown):
        await modes.begin(fire, head, now)
    emergency_id = await begin(head, now)
    await modes.end(emergency_id, "解除", head, now + minutes(5))

    with pytest.raises(EmergencyOver):
        await modes.end(emergency_id, "再次", head, now + minutes(6))


async def test_another_level_is_another_stretch_of_the_same_emergency(now):
    await make_town(now)
    head = await make_head()
    emergency_id = await begin(head, now, plan_id=await make_plan(now, clocks=(HALF,)))

    await modes.set_level(emergency_id, LevelChange(level=1, reason="雨势加大"), head, now + minutes(5))

    assert [each.level for each in await queries.list_levels_of(emergency_id)] == [3, 1]
    assert (await queries.get_emergency(emergency_id)).clocks == [HALF]
    assert await db.fetchval("SELECT count(*) FROM emergency_stretch WHERE ends_at IS NULL") == 1
    with pytest.raises(LevelUnchanged):
        await modes.set_level(emergency_id, LevelChange(level=1, reason="同上"), head, now + minutes(6))


async def test_everybody_who_works_there_is_notified_once_and_of_no_single_order(now, database):
    town, head = await make_town(now), await make_head()
    for _ in range(3):
        await make_order(town, now)
    await work(database)
    await db.execute("DELETE FROM message")
    elsewhere = await make_actor("别处派单员", Role.DISPATCHER, "310115106")

    await begin(head, now, plan_id=await make_plan(now, clocks=(HALF,)))
    await work(database)

    rows = await db.fetch("SELECT account_id, kind FROM message")
    kinds = {(row["account_id"], row["kind"]) for row in rows}
    assert len(rows) == len(kinds)
    assert {kind for _, kind in kinds} == {"EmergencyBegan"}
    people = {account_id for account_id, _ in kinds}
    assert {town.handlers[0].account_id, town.dispatcher.account_id, town.verifier.account_id} <= people
    assert not {head.account_id, elsewhere.account_id, town.resident.account_id} & people


async def test_a_forgotten_one_warns_again_and_again_and_ends_only_by_a_person(now):
    await make_town(now)
    head = await make_head()
    emergency_id = await begin(head, now)

    warned = [await forgotten.warn(now + timedelta(hours=hours)) for hours in (23, 24, 24.5, 47, 48)]

    assert warned == [0, 1, 0, 0, 1]
    assert (await queries.get_emergency(emergency_id)).is_on


async def test_the_log_writes_itself_and_nobody_changes_it(now, database):
    town, head = await make_town(now), await make_head()
    emergency_id = await begin(head, now, plan_id=await make_plan(now, clocks=(ClockRule(raises_to="P0"),)))
    order = await open_order(now)
    await work(database)
    await situation.note(emergency_id, EntryDraft(text="3号泵站停机", place="泵站"), head, now + minutes(5))
    await modes.set_level(emergency_id, LevelChange(level=2, reason="升级"), head, now + minutes(6))
    await modes.end(emergency_id, "解除", head, now + minutes(9))

    entries = await situation.list_entries(emergency_id, now, head)

    assert {each.kind.value for each in entries} == {"begun", "order", "note", "level", "ended"}
    assert [each.order_id for each in entries if each.kind == "order"] == [order.order_id]
    for change in ("UPDATE situation_entry SET text = 'x'", "DELETE FROM situation_entry"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await db.execute(change)
    assert town.handlers


async def test_the_place_of_an_order_stands_in_the_log_for_its_own_staff_alone(now, database):
    town, head = await make_town(now), await make_head()
    elsewhere = await make_actor("别处居委", Role.COMMITTEE, f"{TOWN}002")
    emergency_id = await begin(head, now, plan_id=await make_plan(now, clocks=(ClockRule(raises_to="P0"),)))
    order = (await make_order(town, now)).receipt
    await work(database)
    place = await db.fetchval("SELECT coalesce(nullif(name, ''), address) FROM place ORDER BY id LIMIT 1")

    def of(entries):
        return next((each.text, each.order_id) for each in entries if each.kind == "order")

    named = of(await situation.list_entries(emergency_id, now, head))
    hidden = of(await situation.list_entries(emergency_id, now, elsewhere))

    assert place in named[0] and named[1] == order.order_id
    assert hidden == (wording.HIDDEN_ORDER, None)
    assert place not in await db.fetchval("SELECT text || place FROM situation_entry WHERE kind = 'order'")


async def test_what_lies_ahead_or_long_ago_is_not_entered(now):
    from backend.emergencies.errors import HappensLater

    await make_town(now)
    head = await make_head()
    emergency_id = await begin(head, now)
    for wrong in (now + timedelta(hours=1), now - timedelta(days=2)):
        with pytest.raises(HappensLater):
            await situation.note(emergency_id, EntryDraft(text="x", happened_at=wrong), head, now)
