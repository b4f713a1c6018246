"""States of affairs that keep orders of one case from being merged, parted or ended."""

from backend.errors import Conflict, Invalid


class ClosedTooLong(Conflict):
    """An order that ended a while ago takes no more reporters."""

    code = "closed-too-long"


class MergeIntoItself(Invalid):
    code = "merge-into-itself"


class TooFarToMerge(Conflict):
    code = "too-far-to-merge"

    def __init__(self, *, distance_m: float, limit_m: float) -> None:
        super().__init__(values={"distance_m": distance_m}, distance_m=round(distance_m, 1), limit_m=limit_m)


class PartOfAnother(Conflict):
    """A sub-order belongs to the order that asked for help and is merged with nothing else."""

    code = "part-of-another"
