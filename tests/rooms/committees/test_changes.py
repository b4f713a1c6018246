"""Requests of a committee to change its list, and the town's answer."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.errors import ScheduleTooFrequent
from backend.committees.changes import queries as changes
from backend.committees.changes import service
from backend.committees.changes.errors import (
    ChangeDecided,
    ChangeOpen,
    ChangesNothing,
    ChangeUnknown,
    EntryOff,
    InTheList,
    NotInTheList,
    NotTheCommittee,
    OwnRequest,
)
from backend.committees.changes.structs import DutyChangeGrant, DutyChangeKind, DutyChangeState
from backend.committees.duty_list import queries as lists
from backend.committees.duty_list import service as duty_list
from backend.committees.duty_list.errors import EntryMovedOn, NotTheTown, TemplateUnknown
from backend.committees.duty_list.inputs import LayDown
from backend.orders.model.errors import KeyUsedBefore
from backend.structs import IdempotencyKey
from tests.makers.accounts import grant, make_staff
from tests.makers.committees import (
    COMMITTEE,
    NEIGHBOUR,
    TOWN,
    draft_of,
    make_committees,
    make_entry,
    make_member,
    make_template,
    make_town_admin,
)
from tests.makers.worker import work

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
MONDAY, DAY = date(2026, 11, 2), timedelta(days=1)
AS_ASKED = DutyChangeGrant()
OFF, ON, ADD = DutyChangeKind.SWITCH_OFF, DutyChangeKind.SWITCH_ON, DutyChangeKind.ADD


@pytest.fixture(autouse=True)
async def _committees(database):
    await make_committees()


@pytest.fixture
async def there(database):
    """The town, a member of the committee, and a task that is in its list."""
    town, member = await make_town_admin(), await make_member()
    task = await make_template(town, NOW)
    await make_entry(town, task, NOW)
    return town, member, task


async def messages() -> list[tuple[int, str, str]]:
    rows = await db.fetch("SELECT account_id, title_zh, body_zh FROM message ORDER BY event_id, account_id")
    return [tuple(row) for row in rows]


async def test_a_frequency_is_asked_for_granted_and_in_force_from_its_day_and_both_are_notified(there, database):
    town, member, task = there
    colleague = await make_member(name="居委同事")

    asked = await service.request_change(COMMITTEE, draft_of(task), member, NOW)
    granted = await service.grant(asked.id, AS_ASKED, town, NOW)
    again = await service.grant(asked.id, AS_ASKED, town, NOW + DAY)
    await work(database)

    assert (asked.state, asked.rrule_before, asked.rrule) == ("open", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH")
    assert (granted.state, granted.decided_by, granted.valid_from) == ("granted", "街镇管理员", MONDAY + DAY)
    assert again == granted
    (today,), (later,) = (
        await lists.list_in_force(COMMITTEE, MONDAY),
        await lists.list_in_force(COMMITTEE, MONDAY + DAY),
    )
    assert (today.version, later.version, later.id) == (1, 2, granted.entry_id)
    assert await messages() == [
        (town.account_id, "待审批:第一居委申请调整频次", "消防通道巡查 · 人手不足"),
        (member.account_id, "申请已同意:调整频次", "消防通道巡查 · 2026-11-03 起生效"),
        (colleague.account_id, "申请已同意:调整频次", "消防通道巡查 · 2026-11-03 起生效"),
    ]


async def test_a_refusal_says_why_changes_nothing_and_leaves_the_task_free_for_another_request(there, database):
    town, member, task = there
    asked = await service.request_change(COMMITTEE, draft_of(task), member, NOW)

    refused = await service.refuse(asked.id, "消防通道须每日巡查", town, NOW)
    with pytest.raises(ChangeDecided) as too_late:
        await service.grant(asked.id, AS_ASKED, town, NOW)
    await work(database)

    assert (refused.state, refused.refusal) == ("refused", "消防通道须每日巡查")
    assert too_late.value.extra["state"] == "refused"
    assert await lists.find_latest_version(COMMITTEE, task) == 1
    assert (await messages())[-1] == (member.account_id, "申请未获同意:调整频次", "消防通道巡查 · 消防通道须每日巡查")
    assert (await service.request_change(COMMITTEE, draft_of(task), member, NOW)).state == "open"


async def test_a_task_is_switched_off_and_on_again_and_one_is_added(there):
    town, member, task = there
    other = await make_template(town, NOW, "flood_point", "FREQ=WEEKLY")

    async def ask_and_grant(kind: DutyChangeKind, template_id: int) -> None:
        asked = await service.request_change(COMMITTEE, draft_of(template_id, kind, valid_from=MONDAY), member, NOW)
        await service.grant(asked.id, AS_ASKED, town, NOW)

    await ask_and_grant(OFF, task)
    off = [entry.is_on for entry in await lists.list_in_force(COMMITTEE, MONDAY)]
    with pytest.raises(ChangesNothing):
        await ask_and_grant(OFF, task)
    with pytest.raises(EntryOff):
        await service.request_change(COMMITTEE, draft_of(task), member, NOW)
    await ask_and_grant(ON, task)
    with pytest.raises(NotInTheList):
        await ask_and_grant(OFF, other)
    await ask_and_grant(ADD, other)
    with pytest.raises(InTheList):
        await ask_and_grant(ADD, task)

    assert off == [False]
    now_there = [(entry.code, entry.version, entry.rrule) for entry in await lists.entries_on(COMMITTEE, MONDAY)]
    assert now_there == [("fire_lane", 3, "FREQ=DAILY"), ("flood_point", 1, "FREQ=WEEKLY")]


async def test_nobody_decides_on_the_own_request_and_nobody_else_than_the_town_on_any(there):
    _, member, task = there
    both = await grant(member, Role.STREET_ADMIN, area=TOWN)
    district = await make_staff(Role.DISTRICT_ADMIN, area=TOWN[:6])
    neighbour = await make_member(NEIGHBOUR)
    asked = await service.request_change(COMMITTEE, draft_of(task), both, NOW)

    for refused, actor in ((OwnRequest, both), (NotTheTown, district), (ChangeUnknown, neighbour)):
        with pytest.raises(refused):
            await service.grant(asked.id, AS_ASKED, actor, NOW)
        with pytest.raises(refused):
            await service.refuse(asked.id, "不", actor, NOW)
    with pytest.raises(NotTheCommittee):
        await service.request_change(COMMITTEE, draft_of(task), neighbour, NOW)
    assert (await changes.get_change(asked.id, both)).state == "open"
    assert OwnRequest.status == 403


async def test_one_request_of_a_task_waits_at_a_time_also_of_two_at_once_and_a_withdrawn_one_makes_room(there):
    _, member, task = there
    colleague = await make_member(name="居委同事")
    both = [service.request_change(COMMITTEE, draft_of(task), actor, NOW) for actor in (member, colleague)]

    answers = await asyncio.gather(*both, return_exceptions=True)

    (asked,) = [each for each in answers if not isinstance(each, BaseException)]
    (late,) = [each for each in answers if isinstance(each, BaseException)]
    assert isinstance(late, ChangeOpen)
    assert late.extra == {"change_id": asked.id}
    assert (await service.withdraw(asked.id, colleague, NOW)).state == "withdrawn"
    assert (await service.request_change(COMMITTEE, draft_of(task), member, NOW)).state == "open"


async def test_the_same_key_is_the_same_request_and_another_content_under_it_is_refused(there):
    _, member, task = there
    key = IdempotencyKey("from-the-phone-1")

    first = await service.request_change(COMMITTEE, draft_of(task), member, NOW, key)
    again = await service.request_change(COMMITTEE, draft_of(task), member, NOW, key)
    with pytest.raises(KeyUsedBefore):
        await service.request_change(COMMITTEE, draft_of(task, OFF), member, NOW, key)

    assert again == first


async def test_two_decisions_at_once_are_one_and_a_request_on_an_older_version_is_not_granted(there):
    town, member, task = there
    another = await make_town_admin("另一位")
    asked = await service.request_change(COMMITTEE, draft_of(task), member, NOW)

    answers = await asyncio.gather(
        service.grant(asked.id, AS_ASKED, town, NOW),
        service.refuse(asked.id, "不同意", another, NOW),
        return_exceptions=True,
    )

    assert len([each for each in answers if isinstance(each, ChangeDecided)]) == 1
    stale = await service.request_change(COMMITTEE, draft_of(task, OFF), member, NOW)
    await duty_list.lay_down(TOWN, LayDown(template_id=task, committee_codes=[COMMITTEE]), town, NOW)
    with pytest.raises(EntryMovedOn):
        await service.grant(stale.id, AS_ASKED, town, NOW)


async def test_what_cannot_be_is_refused_when_it_is_asked_for(there):
    _, member, task = there

    with pytest.raises(ScheduleTooFrequent):
        await service.request_change(COMMITTEE, draft_of(task, rrule="FREQ=DAILY;BYHOUR=8,20"), member, NOW)
    with pytest.raises(ChangesNothing):
        await service.request_change(COMMITTEE, draft_of(task, rrule="FREQ=DAILY"), member, NOW)
    with pytest.raises(TemplateUnknown):
        await service.request_change(COMMITTEE, draft_of(task + 1), member, NOW)


async def test_a_decision_that_comes_late_holds_from_its_own_day_or_the_one_that_the_town_names(there):
    town, member, task = there
    week = timedelta(days=7)
    asked = await service.request_change(COMMITTEE, draft_of(task), member, NOW)
    late = await service.grant(asked.id, AS_ASKED, town, NOW + week)
    off = await service.request_change(COMMITTEE, draft_of(task, OFF), member, NOW + week)
    await service.grant(off.id, DutyChangeGrant(valid_from=MONDAY + 2 * week), town, NOW + week)

    entries = await lists.list_versions(COMMITTEE, task)
    assert late.state == DutyChangeState.GRANTED
    assert [(entry.version, entry.valid_from, entry.starts_on) for entry in entries] == [
        (3, MONDAY + 2 * week, MONDAY + DAY),
        (2, MONDAY + week, MONDAY + DAY),
        (1, MONDAY, MONDAY),
    ]


async def test_requests_are_listed_where_one_has_to_do_with_them_page_by_page(there):
    town, member, task = there
    neighbour = await make_member(NEIGHBOUR)
    await make_entry(town, task, NOW, NEIGHBOUR)
    first = await service.request_change(COMMITTEE, draft_of(task), member, NOW)
    second = await service.request_change(NEIGHBOUR, draft_of(task), neighbour, NOW + DAY)
    await service.refuse(second.id, "不同意", town, NOW + DAY)

    page = await changes.list_changes(town, limit=1)
    rest = await changes.list_changes(town, limit=1, cursor=page.next_cursor)

    assert [each.id for each in (*page.items, *rest.items)] == [second.id, first.id]
    assert rest.next_cursor is None
    assert [each.id for each in (await changes.list_changes(member)).items] == [first.id]
    assert [each.id for each in (await changes.list_changes(town, state=DutyChangeState.OPEN)).items] == [first.id]
    assert [each.id for each in (await changes.list_changes(town, area_code=NEIGHBOUR)).items] == [second.id]
    assert await changes.count_open(town) == 1
