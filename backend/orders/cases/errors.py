"""States of affairs that keep orders of one case from being merged, parted or ended."""

from backend.errors import Conflict, Invalid


class ClosedTooLong(Conflict):
    """An order that ended a while ago takes no more reporters."""

    code = "closed-too-long"
    headline_zh, headline_en = "该工单已结案,请重新上报", "This order is closed; please report anew"


class MergeIntoItself(Invalid):
    code = "merge-into-itself"
    headline_zh, headline_en = "不能并入自身", "An order cannot be merged into itself"


class TooFarToMerge(Conflict):
    code = "too-far-to-merge"

    def __init__(self, *, distance_m: float, limit_m: float) -> None:
        super().__init__(
            f"两张工单相距 {distance_m:.0f} 米,超过 {limit_m:.0f} 米或不在同一街镇,不能并案",
            f"{distance_m:.0f} m apart, at most {limit_m:.0f} m within one street or town can be one case",
            distance_m=round(distance_m, 1),
            limit_m=limit_m,
        )


class PartOfAnother(Conflict):
    """A sub-order belongs to the order that asked for help and is merged with nothing else."""

    code = "part-of-another"
    headline_zh, headline_en = "协办工单不能并案", "A sub-order cannot be merged"
