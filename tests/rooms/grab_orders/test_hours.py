"""Hours: entered by what was finished, counted once the committee says so, taken back by a row, handed on as a list."""

import hashlib
from datetime import date, timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts.structs import Role
from grab_orders.ledgers import policies
from grab_orders.ledgers.errors import EntrySettled, EntryUnknown, OwnEntry, RewardAreaInvalid
from grab_orders.ledgers.hours import confirming, exporting, listing
from grab_orders.ledgers.queries import hours_of
from grab_orders.ledgers.structs import HoursKind, SetRewardRules
from grab_orders.offers.structs import Hours
from grab_orders.people import deciding
from tests.makers.orders import make_closed, make_handled
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.volunteers import (
    SEAL,
    entry_of,
    finish_patrol,
    finish_take,
    id_number,
    make_committee_member,
    make_volunteer,
)


@pytest.fixture
async def town(database, now):
    return await make_town(now)


@pytest.fixture
async def keeper(town):
    return await make_committee_member()


async def test_what_a_volunteer_finishes_waits_for_the_committee_and_then_counts(town, keeper, now):
    who, order_id = await make_volunteer(now), await make_handled(town, now)
    await finish_take(who, order_id, now, now + timedelta(minutes=45, seconds=59))
    [waiting] = (await listing.list_of_committees(keeper, waiting=True, limit=10)).items
    before = await hours_of(who.account_id)
    counted = await confirming.confirm(waiting.id, keeper, now)
    again = await confirming.confirm(waiting.id, keeper, now)
    [settled] = (await listing.list_of_committees(keeper, waiting=False, limit=10)).items

    assert (before, await hours_of(who.account_id)) == (Hours(pending=0.75), Hours(confirmed=0.75))
    assert (counted, again, waiting.masked_name, waiting.state) == (45, 45, "王**", HoursKind.WORKED)
    assert (settled.state, settled.counted, settled.title_zh) == (HoursKind.CONFIRMED, 45, "非机动车乱停放")
    assert await listing.count_waiting(keeper) == 0


async def test_others_have_no_hours_and_a_fact_that_comes_twice_is_one_entry(town, now):
    who, order_id = await make_volunteer(now), await make_handled(town, now)
    for _ in range(2):
        for person in (who, town.handlers[0]):
            await finish_take(person, order_id, now, now + timedelta(hours=1))

    assert await hours_of(who.account_id) == Hours(pending=1.0)
    assert await hours_of(town.handlers[0].account_id) == Hours()


async def test_what_was_sent_back_is_entered_anew_from_its_own_check_in_and_without_one_has_no_minutes(town, now):
    who, order_id = await make_volunteer(now), await make_handled(town, now)
    minute = timedelta(minutes=1)
    for came, done in ((0, 30), (0, 300), (400, 420)):
        await finish_take(who, order_id, now + came * minute, now + done * minute)
    lines = (await listing.list_own(who.account_id, limit=9)).items

    assert [line.minutes for line in reversed(lines)] == [30, 0, 20]


async def test_work_after_leaving_counts_for_nobody_and_work_before_does(town, now):
    who, order_id = await make_volunteer(now), await make_handled(town, now)
    await deciding.leave(who, now + timedelta(hours=1))
    await finish_take(who, order_id, now, now + timedelta(hours=1))
    await finish_take(who, order_id, now, now + timedelta(hours=2))

    assert await hours_of(who.account_id) == Hours(pending=1.0)


async def test_a_day_has_the_hours_that_the_town_says_and_the_same_time_counts_once(town, keeper, now):
    who = await make_volunteer(now)
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    rules = SetRewardRules(hours_day_most=120, points_day_most=60, points_report=2, ranked_from=5)
    with pytest.raises(RewardAreaInvalid):
        await policies.set_rules(TOWN, rules, keeper, now)
    await policies.set_rules(TOWN, rules, admin, now)
    for task_id, (start, end) in enumerate([(0, 60), (30, 90), (100, 200)], start=1):
        await finish_patrol(who, task_id, now + timedelta(minutes=start), now + timedelta(minutes=end))
    ids = [line.id for line in (await listing.list_of_committees(keeper, waiting=True, limit=10)).items]

    counted = [await confirming.confirm(entry_id, keeper, now) for entry_id in sorted(ids)]

    assert counted == [60, 30, 30]
    assert (await hours_of(who.account_id)).confirmed == 2.0


async def test_what_is_taken_back_makes_room_in_its_day(town, keeper, now):
    who = await make_volunteer(now)
    for task_id in (1, 2):
        await finish_patrol(who, task_id, now + timedelta(hours=task_id * 5), now + timedelta(hours=task_id * 5 + 5))
    first, second = sorted(line.id for line in (await listing.list_own(who.account_id, limit=9)).items)
    assert await confirming.confirm(first, keeper, now) == 300
    await confirming.reverse(first, "登记重复", keeper, now)
    assert await confirming.confirm(second, keeper, now) == 300

    lines = {line.id: line for line in (await listing.list_own(who.account_id, limit=9)).items}
    assert (lines[first].state, lines[first].counted, lines[first].reason) == (HoursKind.REVERSED, 0, "登记重复")
    assert (await hours_of(who.account_id)).confirmed == 5.0
    for act in (confirming.confirm(first, keeper, now), confirming.reverse(first, "再次", keeper, now)):
        with pytest.raises(EntrySettled):
            await act


async def test_what_is_refused_never_counts_and_a_bulk_passes_over_it(town, keeper, now):
    who = await make_volunteer(now)
    for task_id in (1, 2):
        await finish_patrol(who, task_id, now + timedelta(hours=task_id), now + timedelta(hours=task_id + 1))
    ids = sorted(line.id for line in (await listing.list_own(who.account_id, limit=9)).items)
    await confirming.reverse(ids[0], "没有到场", keeper, now)

    assert await confirming.confirm_many(ids, keeper, now) == 1
    assert await hours_of(who.account_id) == Hours(confirmed=1.0)


async def test_nobody_settles_their_own_hours_or_another_committees(town, now):
    who = await make_volunteer(now)
    await finish_patrol(who, 1, now, now + timedelta(hours=1))
    entry_id, stranger = await entry_of(who), await make_committee_member(area=f"{TOWN}002")
    await db.execute(
        "INSERT INTO role_grant (account_id, role, area_code) VALUES ($1, 'committee', $2)", who.account_id, COMMITTEE
    )
    oneself = await make_committee_member()
    oneself = oneself.__class__(account_id=who.account_id, name="", grants=oneself.grants)

    for by, refused in ((oneself, OwnEntry), (stranger, EntryUnknown), (town.handlers[0], EntryUnknown)):
        with pytest.raises(refused):
            await confirming.confirm(entry_id, by, now)
        with pytest.raises(refused):
            await confirming.reverse(entry_id, "理由", by, now)


@pytest.mark.parametrize("table", ["hours_entry", "points_entry"])
async def test_the_database_refuses_to_change_a_ledger(town, now, table):
    who = await make_volunteer(now)
    await finish_take(who, await make_closed(town, now), now, now + timedelta(hours=1))

    for change in (f"UPDATE {table} SET reason = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
            await db.execute(change)


async def test_the_list_for_the_citys_register_has_what_was_confirmed_and_nothing_else(town, keeper, now):
    number = id_number()
    who = await make_volunteer(now, id_number=number)
    for task_id in (1, 2, 3):
        await finish_patrol(who, task_id, now + timedelta(hours=task_id), now + timedelta(hours=task_id, minutes=50))
    first, second, _ = sorted(line.id for line in (await listing.list_own(who.account_id, limit=9)).items)
    await confirming.confirm_many([first, second], keeper, now)
    await confirming.reverse(second, "登记重复", keeper, now)
    month = date(2021, 7, 1)
    stranger = await make_committee_member(area=f"{TOWN}002")

    [line] = await exporting.export_month(month, keeper, SEAL, now)

    assert (line.name, line.project, line.minutes) == ("王小明", "一号巡查线", 50)
    assert line.id_digest == hashlib.sha256(number.encode()).hexdigest()
    assert await exporting.export_month(date(2021, 8, 1), keeper, SEAL, now) == []
    assert await exporting.export_month(month, stranger, SEAL, now) == []
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'HoursExported'") == 3
