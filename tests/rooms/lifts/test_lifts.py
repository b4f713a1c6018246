"""Lifts: who reads and writes the register, what the clock says of their days, and who is called for the trapped."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.lifts import overdue, queries, register
from backend.lifts.errors import LiftDayUnfit, LiftKnown, LiftNotFound, LiftNotYours
from backend.lifts.structs import LiftDraft
from tests.makers.lifts import make_lift
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import deliver

_ORDERS = "SELECT id, item_id, unit_id, parent_id, state, description FROM work_order ORDER BY id"
_TOLD = "SELECT a.display_name FROM message m JOIN account a ON a.id = m.account_id WHERE m.kind = $1 ORDER BY 1"


@pytest.fixture
async def town(database, now):
    return await make_town(now)


def days(now, *, inspect_in=300, maintained_ago=1):
    today = shanghai_date(now)
    return {"inspect_by": today + timedelta(inspect_in), "maintained_on": today - timedelta(maintained_ago)}


async def test_what_is_late_is_one_order_of_its_company_however_often_the_clock_looks(town, now):
    lift = await make_lift(now, **days(now, inspect_in=-1))

    await asyncio.gather(*(overdue.look_at_days(now) for _ in range(3)))
    for later in (1, 6, 7, 14):
        await overdue.look_at_days(now + timedelta(days=later))
    await deliver()

    [order] = await db.fetch(_ORDERS)
    assert (order["item_id"], order["unit_id"], order["state"]) == ("E201", lift.mechanic.unit_id, "dispatched")
    assert "定期检验应于" in order["description"] and "维护保养" not in order["description"]
    told = [row["display_name"] for row in await db.fetch(_TOLD, "LiftOverdue")]
    assert told == sorted([*["维保员", "物业员", "街镇"] * 3])


async def test_an_order_that_ended_without_new_days_is_followed_by_another_a_week_later(town, now):
    await make_lift(now, **days(now, maintained_ago=16))
    await overdue.look_at_days(now)
    await db.execute("UPDATE work_order SET state = 'cancelled', cancelled_at = now()")

    await overdue.look_at_days(now + timedelta(days=1))
    assert len(await db.fetch(_ORDERS)) == 1
    await overdue.look_at_days(now + timedelta(days=7))

    assert len(await db.fetch(_ORDERS)) == 2


async def test_a_near_inspection_is_told_to_both_units_and_opens_nothing(town, now):
    await make_lift(now, **days(now, inspect_in=30))

    await overdue.look_at_days(now)
    await deliver()

    assert await db.fetch(_ORDERS) == []
    assert [row["display_name"] for row in await db.fetch(_TOLD, "LiftDueSoon")] == ["物业员", "维保员"]


async def test_a_lift_that_was_maintained_or_is_not_in_use_is_due_no_more(town, now):
    lift = await make_lift(now, **days(now, maintained_ago=16))
    today = shanghai_date(now)

    await register.note_maintenance(lift.id, today, lift.mechanic, now)
    assert await overdue.look_at_days(now) == 0
    await register.note_maintenance(lift.id, today - timedelta(days=3), lift.mechanic, now)

    found = await queries.get_lift(lift.id, lift.admin)
    assert found.maintained_on == today, "an earlier day is no news"
    assert [each.field for each in await queries.list_changes(lift.id)] == ["maintained_on", "lift_no"]
    with pytest.raises(LiftDayUnfit):
        await register.note_maintenance(lift.id, today + timedelta(days=1), lift.mechanic, now)
    with pytest.raises(LiftNotYours):
        await register.note_maintenance(lift.id, today, lift.guard, now)


async def test_the_register_is_kept_by_the_street_and_read_by_its_own(town, now):
    lift = await make_lift(now)
    found = await queries.get_lift(lift.id, lift.mechanic)
    draft = LiftDraft(**{name: getattr(found, name) for name in LiftDraft.__struct_fields__})
    near = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    far = await make_actor("别的居委", Role.COMMITTEE, f"{TOWN}002")
    today = shanghai_date(now)

    assert (await queries.get_lift(lift.id, near)).lift_no == "梯11沪F00001"
    for stranger in (far, town.resident, town.handlers[0]):
        with pytest.raises(LiftNotFound):
            await queries.get_lift(lift.id, stranger)
        assert await queries.list_lifts(stranger, today, today) == []
    assert [each.id for each in await queries.list_lifts(lift.guard, today, today)] == [lift.id]
    with pytest.raises(LiftNotYours):
        await register.correct(lift.id, draft, near, now)
    with pytest.raises(LiftKnown):
        await register.add(town.place_id, draft, lift.admin, now)


async def test_where_nobody_works_for_its_units_any_more_the_street_hears_of_an_inspection(town, now):
    lift = await make_lift(now, **days(now, inspect_in=30))
    for person in (lift.mechanic, lift.guard):
        await accounts.close_account(person.account_id, now)

    await overdue.look_at_days(now)
    await deliver()

    assert [row["display_name"] for row in await db.fetch(_TOLD, "LiftDueSoon")] == ["街镇"]
