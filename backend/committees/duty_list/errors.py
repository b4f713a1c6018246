from backend.errors import Conflict, Forbidden, Invalid, NotFound


class ScheduleInvalid(Invalid):
    """It is no schedule by days. `part`: what of the text cannot be taken."""

    code = "schedule-invalid"


class ScheduleTooFrequent(Invalid):
    """It yields more than the yearly bound. `per_year`, `bound`."""

    code = "schedule-too-frequent"


class DayTooFar(Invalid):
    """A day before today, or more than a year ahead. `field`, `least`, `most`."""

    code = "day-too-far"


class TemplateUnknown(NotFound):
    code = "task-template-unknown"


class TemplateClosed(Conflict):
    code = "task-template-closed"


class CommitteeNotSeen(NotFound):
    code = "committee-not-seen"


class NotTheTown(Forbidden):
    """Only the town of the committee lays down its list."""

    code = "not-the-town"


class EntryMovedOn(Conflict):
    """The list has another version than the one that the change was meant for. `version`: the latest."""

    code = "duty-entry-moved-on"
