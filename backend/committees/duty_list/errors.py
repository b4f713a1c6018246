from backend.errors import Conflict, Forbidden, NotFound


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
