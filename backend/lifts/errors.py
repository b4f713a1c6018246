"""What stops a change of the register."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound


class LiftNotFound(NotFound):
    """Not there, or not for this reader."""

    code = "lift-not-found"


class LiftNotYours(Forbidden):
    code = "lift-not-yours"


class LiftKnown(Conflict):
    """Another lift stands at this place, or has this number."""

    code = "lift-known"


class LiftDayUnfit(Invalid):
    """A day that cannot be: in the future, or of no calendar of ours."""

    code = "lift-day-unfit"


class LiftUnitUnknown(Invalid):
    code = "lift-unit-unknown"
