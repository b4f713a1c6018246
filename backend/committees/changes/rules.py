"""What a request would change, and whether there is anything to change. Pure but for the instant, an argument."""

from datetime import datetime
from typing import NamedTuple

from backend.committees.changes.errors import ChangesNothing, EntryOff, InTheList, NotInTheList
from backend.committees.changes.structs import DutyChangeDraft, DutyChangeKind
from backend.committees.duty_list.errors import TemplateClosed
from backend.committees.duty_list.structs import DutyEntryRead, DutyVersion, TaskTemplateRead
from backend.committees.duty_list.versions import effect_day, new_series


class PlannedChange(NamedTuple):
    """The version that is asked for, and the one that it follows; 0 where the task is not in the list."""

    base_version: int
    version: DutyVersion


def plan(
    draft: DutyChangeDraft, template: TaskTemplateRead, latest: DutyEntryRead | None, now: datetime
) -> PlannedChange:
    """The version that a request leads to. `latest`: the highest version of the task in the list.

    Raises TemplateClosed, InTheList, NotInTheList, EntryOff, ChangesNothing, DayTooFar, ScheduleInvalid and
    ScheduleTooFrequent.
    """
    if draft.kind is DutyChangeKind.ADD:
        return PlannedChange(0, _added(draft, template, latest, now))
    if latest is None:
        raise NotInTheList
    if draft.kind is DutyChangeKind.FREQUENCY:
        return PlannedChange(latest.version, _other_schedule(draft, latest, now))
    if latest.is_on == is_on_after(draft.kind):
        raise ChangesNothing
    day = effect_day(draft.valid_from, now)
    is_on = is_on_after(draft.kind)
    return PlannedChange(
        latest.version, DutyVersion(rrule=latest.rrule, starts_on=latest.starts_on, valid_from=day, is_on=is_on)
    )


def is_on_after(kind: DutyChangeKind) -> bool:
    """Whether the task is done once the request is granted. A frequency is that of a task which is on."""
    return kind is not DutyChangeKind.SWITCH_OFF


def _added(
    draft: DutyChangeDraft, template: TaskTemplateRead, latest: DutyEntryRead | None, now: datetime
) -> DutyVersion:
    if latest is not None:
        raise InTheList
    if not template.is_open:
        raise TemplateClosed
    return new_series(draft.rrule or template.default_rrule, draft.starts_on, draft.valid_from, now)


def _other_schedule(draft: DutyChangeDraft, latest: DutyEntryRead, now: datetime) -> DutyVersion:
    if not latest.is_on:
        raise EntryOff
    version = new_series(draft.rrule or latest.rrule, draft.starts_on, draft.valid_from, now)
    if version.rrule == latest.rrule and draft.starts_on in (None, latest.starts_on):
        raise ChangesNothing
    return version
