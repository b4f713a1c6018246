from collections.abc import Sequence
from typing import Any

from backend.errors import Conflict, Invalid, NotFound


class PlaceMissing(Invalid):
    code = "place-missing"

    def __init__(self) -> None:
        super().__init__(missing={"code_or_point": 1})


class PlaceUncertain(Invalid):
    """A position too vague to say where it is. Whoever sent it says so by hand: a pin, a door of `near`, or a code."""

    code = "place-uncertain"

    def __init__(self, *, accuracy_m: float, limit_m: float, near: Sequence[dict[str, Any]]) -> None:
        super().__init__(
            values={"accuracy_m": accuracy_m},
            accuracy_m=round(accuracy_m, 1),
            limit_m=limit_m,
            near=list(near),
            missing={"code_or_manual_point": 1},
        )


class OutsideJurisdiction(Invalid):
    code = "outside-jurisdiction"


class OrderMissing(Invalid):
    code = "order-missing"

    def __init__(self) -> None:
        super().__init__(missing={"order_id_or_tracking_token": 1})


class NotHere(Conflict):
    """The order that somebody wants to join is not one that may be meant from where they stand."""

    code = "not-here"


class TrackingUnknown(NotFound):
    code = "tracking-unknown"
