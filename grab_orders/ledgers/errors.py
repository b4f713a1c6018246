"""States of affairs that stop somebody from writing to a ledger."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound


class EntryUnknown(NotFound):
    code = "entry-unknown"


class OwnEntry(Forbidden):
    """Nobody confirms, refuses or takes back what they did themselves."""

    code = "own-entry"


class NotRankedHere(Forbidden):
    """A ranking is read by the volunteers of its committee."""

    code = "not-ranked-here"


class EntrySettled(Conflict):
    """It was confirmed or refused before. `extra`: which."""

    code = "entry-settled"


class PointsShort(Conflict):
    """`extra`: the points that are there and those that are needed."""

    code = "points-short"


class RewardAreaInvalid(Invalid):
    """Rules are laid down for a town or a committee that one administers."""

    code = "reward-area-invalid"
