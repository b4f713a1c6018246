"""Why an identity stays sealed."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound


class ComplaintNotFound(NotFound):
    """No complaint with a sealed identity behind this order, or not for this reader."""

    code = "complaint-not-found"


class OpeningNotFound(NotFound):
    """Not there, or not for this reader."""

    code = "opening-not-found"


class SecondPersonNeeded(Forbidden):
    """Whoever asked cannot agree."""

    code = "second-person-needed"


class OpeningReasonMissing(Invalid):
    """Nobody learns who complained without saying why."""

    code = "opening-reason-missing"


class OpeningPending(Conflict):
    """Somebody has asked already, and nobody has decided."""

    code = "opening-pending"


class OpeningDecided(Conflict):
    code = "opening-decided"


class IdentityStillSealed(Conflict):
    """Not agreed to, refused, over, or erased."""

    code = "identity-still-sealed"
