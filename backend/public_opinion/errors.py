"""What can go wrong with public opinion."""

from backend.errors import Invalid, NotFound


class OpinionAreaMissing(NotFound):
    """No town or committee of the reader's areas."""

    code = "opinion-area-missing"


class MatterMissing(NotFound):
    """Not there, or not within the reader's areas; or nobody was warned of it, so that there is nothing to judge."""

    code = "matter-missing"


class AcceptedRateUnclear(Invalid):
    """`extra`: the least and the most warnings by chance a month that a town may accept."""

    code = "accepted-rate-unclear"
