"""What can go wrong with public opinion."""

from backend.errors import Conflict, Invalid, NotFound


class OpinionAreaMissing(NotFound):
    """No town or committee of the reader's areas."""

    code = "opinion-area-missing"


class MatterMissing(NotFound):
    """Not there, or not within the reader's areas; or nobody was warned of it, so that there is nothing to judge."""

    code = "matter-missing"


class AcceptedRateUnclear(Invalid):
    """`extra`: the least and the most warnings by chance a month that a town may accept."""

    code = "accepted-rate-unclear"


class QuietDaysUnclear(Invalid):
    """`extra`: the least and the most days for which a matter is not raised again."""

    code = "quiet-days-unclear"


class MatterDealtWith(Conflict):
    """It stands so already: somebody was first."""

    code = "matter-dealt-with"


class MatterReasonMissing(Invalid):
    """Nobody said why it is put aside, or what is done about it."""

    code = "matter-reason-missing"


class MatterCaseMissing(Invalid):
    """The order is none of the matter's that the actor may see: nobody knows where the new one is to be."""

    code = "matter-case-missing"
