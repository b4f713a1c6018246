from backend.errors import Conflict, Forbidden, Invalid, NotFound


class EmergencyUnknown(NotFound):
    code = "emergency-unknown"


class NotInCommand(Forbidden):
    """Whoever begins, changes or ends an emergency looks after the whole area."""

    code = "not-in-command"


class EmergencyOnAlready(Conflict):
    """One at a time over an area. `emergency_id`."""

    code = "emergency-on-already"


class EmergencyOver(Conflict):
    """It has ended. `ended_at`."""

    code = "emergency-over"


class LevelUnchanged(Invalid):
    code = "emergency-level-unchanged"


class EmergencyPlanUnknown(Invalid):
    """No plan of this number for this area and kind."""

    code = "emergency-plan-unknown"


class CommandGroupUnknown(Invalid):
    code = "command-group-unknown"


class PreparationUnknown(NotFound):
    """No plan or group of this number, or none of this person's areas."""

    code = "preparation-unknown"


class PreparationTaken(Conflict):
    """The area has another one of this code."""

    code = "preparation-code-taken"


class PreparationChanged(Conflict):
    """Somebody else changed it while it was edited."""

    code = "preparation-changed"


class PreparationAreaWrong(Invalid):
    """A plan is of a district or a town, a group of one of these or of a committee."""

    code = "preparation-area-wrong"


class PlanItemUnknown(Invalid):
    """No item begins so. `prefix`."""

    code = "plan-item-unknown"


class CommandMemberUnknown(Invalid):
    """`who`: as they were named. Not here, or, who is to lead, not at work in the town of the group."""

    code = "command-member-unknown"


class NobodyToReach(Conflict):
    """The group has nobody, or nobody is on duty."""

    code = "nobody-to-reach"


class TooManyToReach(Invalid):
    """`most`."""

    code = "too-many-to-reach"


class ChoicesMissing(Invalid):
    """Between two and six different answers to choose from."""

    code = "broadcast-choices-missing"


class BroadcastUnknown(NotFound):
    code = "broadcast-unknown"


class BroadcastAnswerMissing(Invalid):
    code = "broadcast-answer-missing"


class HappensLater(Invalid):
    """What is entered has happened, and not before the emergency's day."""

    code = "situation-time-wrong"


class NumberNotDue(Conflict):
    """A number is opened of somebody who stays silent when the ladder has come to calling."""

    code = "silent-number-not-due"


class NumberNotKnown(NotFound):
    code = "silent-number-missing"
