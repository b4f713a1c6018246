"""States of affairs that stop an arrival: too far, too vague, the wrong code, captured at no time that counts."""

from datetime import datetime

from backend.errors import Conflict, Invalid


class TooFarAway(Conflict):
    code = "too-far-away"

    def __init__(self, *, distance_m: float, accuracy_m: float, radius_m: float) -> None:
        super().__init__(
            values={"distance_m": distance_m},
            distance_m=round(distance_m, 1),
            accuracy_m=round(accuracy_m, 1),
            radius_m=radius_m,
        )


class FixTooVague(Conflict):
    code = "fix-too-vague"

    def __init__(self, *, accuracy_m: float, limit_m: float, distance_m: float, radius_m: float) -> None:
        super().__init__(
            values={"accuracy_m": accuracy_m, "distance_m": distance_m},
            accuracy_m=round(accuracy_m, 1),
            limit_m=limit_m,
            distance_m=round(distance_m, 1),
            radius_m=radius_m,
        )


class WrongCode(Conflict):
    code = "wrong-code"


class CapturedTooEarly(Conflict):
    """An arrival from before the order was accepted, or before it came back to the handler."""

    code = "captured-too-early"

    def __init__(self, *, captured_at: datetime, accepted_at: datetime) -> None:
        super().__init__(captured_at=captured_at, accepted_at=accepted_at)


class CapturedTooLongAgo(Conflict):
    code = "captured-too-long-ago"

    def __init__(self, *, captured_at: datetime, hours: int) -> None:
        super().__init__(captured_at=captured_at, limit_h=hours)


class AppealReasonMissing(Invalid):
    code = "appeal-reason-missing"

    def __init__(self) -> None:
        super().__init__(missing={"reason": 1})


class BadCheckIn(Invalid):
    code = "check-in-empty"

    def __init__(self) -> None:
        super().__init__(missing={"point_or_code": 1})
