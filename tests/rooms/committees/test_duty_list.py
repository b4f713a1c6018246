"""A town's dictionary, the lists of its committees, and what is to be done on a day."""

from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from backend import db
from backend.calendars.errors import DayTooFar, ScheduleTooFrequent
from backend.committees.duty_list import queries
from backend.committees.duty_list import service as duty_list
from backend.committees.duty_list.errors import (
    CommitteeNotSeen,
    NotTheTown,
    TemplateClosed,
    TemplateUnknown,
)
from backend.committees.duty_list.inputs import LayDown
from tests.makers.committees import (
    COMMITTEE,
    NEIGHBOUR,
    TOWN,
    make_committees,
    make_entry,
    make_member,
    make_template,
    make_town_admin,
)

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
MONDAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
async def _committees(database):
    await make_committees()


async def test_a_task_is_due_on_the_days_of_its_version_in_force_and_a_later_version_takes_over_from_its_day():
    town = await make_town_admin()
    task = await make_template(town, NOW)
    await make_entry(town, task, NOW, COMMITTEE, NEIGHBOUR)
    thursday = MONDAY + timedelta(days=3)
    later = LayDown(template_id=task, committee_codes=[COMMITTEE], rrule="FREQ=WEEKLY;BYDAY=MO", valid_from=thursday)
    await duty_list.lay_down(TOWN, later, town, NOW)

    async def due(area: str, day: date) -> list[tuple[str, int]]:
        return [(entry.committee_code, entry.version) for entry in await queries.entries_on(area, day)]

    assert await due(COMMITTEE, MONDAY - timedelta(days=1)) == []
    assert await due(COMMITTEE, thursday - timedelta(days=1)) == [(COMMITTEE, 1)]
    assert await due(TOWN, thursday) == [(NEIGHBOUR, 1)]
    assert await due("", MONDAY + timedelta(days=7)) == [(COMMITTEE, 2), (NEIGHBOUR, 1)]
    assert [each.version for each in await queries.list_versions(COMMITTEE, task)] == [2, 1]
    facts = await db.fetch("SELECT area_code, version FROM event_log WHERE name = 'DutyListChanged' ORDER BY id")
    assert [tuple(each) for each in facts] == [(COMMITTEE, 1), (NEIGHBOUR, 1), (COMMITTEE, 2)]


async def test_what_is_switched_off_is_in_the_list_and_due_never():
    town = await make_town_admin()
    task = await make_template(town, NOW)
    await duty_list.lay_down(
        TOWN, LayDown(template_id=task, committee_codes=[COMMITTEE], valid_from=MONDAY, is_on=False), town, NOW
    )

    assert [entry.is_on for entry in await queries.list_in_force(COMMITTEE, MONDAY)] == [False]
    assert await queries.entries_on(COMMITTEE, MONDAY) == []


async def test_a_version_is_never_altered_whoever_tries():
    town = await make_town_admin()
    entry_id = await make_entry(town, await make_template(town, NOW), NOW)

    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("UPDATE duty_entry SET is_on = false WHERE id = $1", entry_id)
    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("DELETE FROM duty_entry WHERE id = $1", entry_id)


async def test_saying_a_task_again_changes_the_one_with_its_code():
    town = await make_town_admin()

    first = await make_template(town, NOW)
    again = await make_template(town, NOW, rrule="FREQ=WEEKLY", is_open=False)

    (only,) = await queries.list_templates(TOWN)
    assert (first, only.default_rrule, only.is_open, only.item) == (again, "FREQ=WEEKLY", False, "B101")


async def test_only_the_town_lays_down_lists_and_only_with_what_is_there():
    town, member = await make_town_admin(), await make_member()
    task, closed = await make_template(town, NOW), await make_template(town, NOW, "closed", is_open=False)
    elsewhere = [f"{TOWN}099", "310115106001"]

    async def lay(actor, **said):
        given = {"template_id": task, "committee_codes": [COMMITTEE], **said}
        await duty_list.lay_down(TOWN, LayDown(**given), actor, NOW)

    with pytest.raises(NotTheTown):
        await lay(member)
    with pytest.raises(TemplateClosed):
        await lay(town, template_id=closed)
    with pytest.raises(TemplateUnknown):
        await lay(town, template_id=closed + 1)
    for code in elsewhere:
        with pytest.raises(CommitteeNotSeen):
            await lay(town, committee_codes=[COMMITTEE, code])
    with pytest.raises(DayTooFar):
        await lay(town, valid_from=MONDAY - timedelta(days=1))
    with pytest.raises(ScheduleTooFrequent):
        await lay(town, rrule="FREQ=HOURLY")
    assert await queries.list_in_force("", MONDAY + timedelta(days=300)) == []


async def test_the_database_itself_takes_no_task_of_another_towns_dictionary():
    town = await make_town_admin()
    task = await make_template(town, NOW)

    with pytest.raises(asyncpg.ForeignKeyViolationError, match="duty_entry_own_town"):
        await db.execute(
            "INSERT INTO duty_entry (committee_code, template_id, version, rrule, starts_on, valid_from,"
            " decided_by_id, decided_at) VALUES ('310115106001', $1, 1, 'FREQ=DAILY', $2, $2, $3, now())",
            *(task, MONDAY, town.account_id),
        )
