"""What stops elder care."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound


class ElderNotFound(NotFound):
    """Not there, or not for this reader."""

    code = "elder-not-found"


class CareNotYours(Forbidden):
    """Only the committee of the area keeps its register."""

    code = "care-not-yours"


class ElderKnown(Conflict):
    code = "elder-known"


class TermUnfit(Invalid):
    """The term ends before it begins, lies in the past, or is longer than two years."""

    code = "elder-term-unfit"


class PauseUnfit(Invalid):
    """The last day of a pause lies in the past, or further away than ninety days."""

    code = "elder-pause-unfit"


class ElderEnded(Conflict):
    """Visited no more."""

    code = "elder-ended"


class VisitNotFound(NotFound):
    code = "visit-not-found"


class VisitEnded(Conflict):
    """Somebody else was there, or its day is over."""

    code = "visit-ended"


class VisitorUnfit(Invalid):
    """No member of the committee and no volunteer of it."""

    code = "visitor-unfit"
