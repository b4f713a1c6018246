"""Plans and groups that are changed on a page: by whom, what is refused, who changed what, and what is on stays."""

from datetime import timedelta

import asyncpg
import pytest
from msgspec.structs import replace

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Role
from backend.calendars.structs import ClockRule
from backend.emergencies import changes, forgotten, group_editing, plans, queries
from backend.emergencies.errors import (
    CommandMemberUnknown,
    NotInCommand,
    PlanItemUnknown,
    PreparationAreaWrong,
    PreparationChanged,
    PreparationTaken,
    PreparationUnknown,
)
from backend.emergencies.groups import GroupDraft, MemberDraft
from backend.emergencies.plans import PlanDraft
from backend.emergencies.structs import EmergencyKind
from tests.makers.emergencies import begin, make_head
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database")
HALF = ClockRule(item_prefix="A1", percent=50)
PLAN = PlanDraft(code="flood", kind=EmergencyKind.FLOOD, name_zh="防汛预案", clocks=[HALF], warn_after_hours=12)


async def name_of(person):
    return await db.fetchval("SELECT username FROM account WHERE id = $1", person.account_id)


async def last_of(**which):
    return (await changes.list_changes(**which))[0].id


async def test_a_plan_that_is_changed_while_it_is_used_leaves_what_is_on_as_it_was(now):
    await make_town(now)
    head = await make_head()
    plan_id = await plans.save(TOWN, None, PLAN, 0, head, now)
    emergency_id = await begin(head, now, plan_id=plan_id)

    changed = replace(PLAN, name_zh="新预案", clocks=[], roster="flood", warn_after_hours=48)
    await plans.save(TOWN, plan_id, changed, await last_of(plan_id=plan_id), head, now)

    on = await queries.get_emergency(emergency_id)
    assert (on.plan_zh, on.clocks, on.roster) == ("防汛预案", [HALF], "")
    assert await forgotten.warn(now + timedelta(hours=12)) == 1
    assert (await plans.get_plan(plan_id, TOWN, EmergencyKind.FLOOD)).name_zh == "新预案"
    latest, first = await changes.list_changes(plan_id=plan_id)
    assert latest.changed_by == head.name
    assert set(latest.fields) == {"clocks", "roster", "name_zh", "warn_after_hours"}
    assert first.fields == []
    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("DELETE FROM preparation_change")


async def test_what_is_refused_of_a_plan(now):
    town, head = await make_town(now), await make_head()
    plan_id = await plans.save(TOWN, None, PLAN, 0, head, now)
    seen = await last_of(plan_id=plan_id)
    for who, area in ((town.dispatcher, TOWN), (head, "310115106"), (head, TOWN[:6])):
        with pytest.raises(NotInCommand):
            await plans.save(area, None, PLAN, 0, who, now)
    with pytest.raises(PreparationAreaWrong):
        await plans.save(COMMITTEE, None, PLAN, 0, head, now)
    with pytest.raises(PreparationTaken):
        await plans.save(TOWN, None, PLAN, 0, head, now)
    with pytest.raises(PreparationUnknown):
        await plans.save(TOWN, plan_id + 1, PLAN, seen, head, now)
    with pytest.raises(PlanItemUnknown):
        await plans.save(TOWN, plan_id, replace(PLAN, clocks=[ClockRule(item_prefix="Z9")]), seen, head, now)
    await plans.save(TOWN, plan_id, replace(PLAN, name_zh="甲"), seen, head, now)
    with pytest.raises(PreparationChanged):
        await plans.save(TOWN, plan_id, replace(PLAN, name_zh="乙"), seen, head, now)
    with pytest.raises(PreparationUnknown):
        await plans.get_draft(plan_id, await make_head("310115106", "别处"))
    assert len(await changes.list_changes(plan_id=plan_id)) == 2


async def test_a_group_names_people_who_work_there_and_its_history_says_who_put_whom_in(now):
    town, head = await make_town(now), await make_head()
    deputy, elsewhere = await make_actor("副", Role.INSPECTOR, TOWN), await make_head("310115106", "别处")
    draft = GroupDraft(
        code="flood", name_zh="指挥组", commander=await name_of(head), members=[MemberDraft(role=Role.HANDLER)]
    )
    group_id = await group_editing.save(TOWN, None, draft, 0, head, now)
    for wrong in (
        replace(draft, commander="nobody"),
        replace(draft, deputy=draft.commander),
        replace(draft, commander=await name_of(elsewhere)),
        replace(draft, members=[MemberDraft(username="nobody")]),
        replace(draft, members=[MemberDraft(unit="no-unit")]),
    ):
        with pytest.raises(CommandMemberUnknown):
            await group_editing.save(TOWN, group_id, wrong, await last_of(group_id=group_id), head, now)
    with pytest.raises(NotInCommand):
        await group_editing.save(TOWN, group_id, draft, await last_of(group_id=group_id), town.dispatcher, now)

    more = replace(draft, deputy=await name_of(deputy), is_on=False)
    await group_editing.save(TOWN, group_id, more, await last_of(group_id=group_id), head, now)

    assert await group_editing.get_draft(group_id, head) == (TOWN, more)
    latest, _ = await changes.list_changes(group_id=group_id)
    assert (latest.changed_by, set(latest.fields)) == (head.name, {"deputy", "is_on"})
    await accounts.close_account(deputy.account_id, now)
    with pytest.raises(CommandMemberUnknown):
        await group_editing.save(TOWN, group_id, replace(more, is_on=True), await last_of(group_id=group_id), head, now)
    assert await name_of(head) in await group_editing.list_named(TOWN, 50)


def test_only_what_differs_is_named():
    before, after = {"a": 1, "b": [1]}, {"a": 1, "b": [1, 2], "c": ""}

    assert changes.changed_fields(before, after) == ["b", "c"]
    assert changes.changed_fields(after, after) == []
