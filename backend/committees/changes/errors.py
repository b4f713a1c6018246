from backend.errors import Conflict, Forbidden, Invalid, NotFound


class ChangeUnknown(NotFound):
    code = "duty-change-unknown"


class NotTheCommittee(Forbidden):
    """Only the committee itself asks for a change of its list."""

    code = "not-the-committee"


class OwnRequest(Forbidden):
    """Nobody decides on what they asked for themselves."""

    code = "own-request"


class ChangeOpen(Conflict):
    """A request for this task of the list waits for its answer. `change_id`."""

    code = "duty-change-open"


class ChangeDecided(Conflict):
    """It has been answered or withdrawn. `state`, `decided_at`."""

    code = "duty-change-decided"


class ChangesNothing(Invalid):
    """The list is so already."""

    code = "duty-change-changes-nothing"


class NotInTheList(Conflict):
    code = "duty-entry-missing"


class InTheList(Conflict):
    code = "duty-entry-there"


class EntryOff(Conflict):
    """How often a task is done is of interest once it is switched on again."""

    code = "duty-entry-off"
