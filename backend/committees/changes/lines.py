"""A committee's list as it stands: of each task the version in force, what follows, the next days, and what waits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from backend.calendars import schedules
from backend.committees.changes import queries as changes
from backend.committees.changes.structs import OpenChange
from backend.committees.duty_list import queries as duty_lists
from backend.committees.duty_list.structs import DutyEntryRead
from backend.structs import Read

NEXT_DAYS = 5
_LOOK_AHEAD = 400


class DutyLine(Read, frozen=True, kw_only=True):
    """One task of a list. Days are Shanghai's."""

    entry: DutyEntryRead
    """The version in force; before the first one is, that one."""
    upcoming: DutyEntryRead | None
    """The latest version, where it is in force only later."""
    next_days: list[date]
    """The next days on which it is to be done, today included, through all versions."""
    open_change_id: int | None
    """The request that waits for the town."""


class DutyListView(NamedTuple):
    """The list, and all that waits for the town: also tasks that are not in it yet."""

    lines: list[DutyLine]
    waiting: list[OpenChange]


async def view_list(committee_code: str, today: date) -> DutyListView:
    """The list of a committee. Two statements."""
    versions = await duty_lists.list_all_versions(committee_code)
    waiting = await changes.list_open(committee_code)
    return DutyListView(lines_of(versions, waiting, today), waiting)


def lines_of(versions: Iterable[DutyEntryRead], waiting: Iterable[OpenChange], today: date) -> list[DutyLine]:
    """One line a task, by kind and code."""
    open_changes = {change.template_id: change.id for change in waiting}
    by_task: dict[int, list[DutyEntryRead]] = defaultdict(list)
    for version in sorted(versions, key=lambda each: -each.version):
        by_task[version.template_id].append(version)
    lines = [_line(found, open_changes.get(template_id), today) for template_id, found in by_task.items()]
    return sorted(lines, key=lambda line: (line.entry.kind, line.entry.code))


def in_force(versions: Sequence[DutyEntryRead], day: date) -> DutyEntryRead | None:
    """Of a task's versions, the latest first, the one that holds on a day."""
    return next((each for each in versions if each.valid_from <= day), None)


def _line(versions: Sequence[DutyEntryRead], open_change_id: int | None, today: date) -> DutyLine:
    entry, latest = in_force(versions, today) or versions[-1], versions[0]
    return DutyLine(
        entry=entry,
        upcoming=latest if latest.valid_from > today else None,
        next_days=_next_days(versions, today),
        open_change_id=open_change_id,
    )


def _next_days(versions: Sequence[DutyEntryRead], today: date) -> list[date]:
    found: list[date] = []
    for number in range(_LOOK_AHEAD):
        day = today + timedelta(days=number)
        entry = in_force(versions, day)
        if entry and entry.is_on and schedules.falls_on(entry.rrule, entry.starts_on, day):
            found.append(day)
        if len(found) == NEXT_DAYS:
            break
    return found
