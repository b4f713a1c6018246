from collections.abc import Sequence
from typing import Any

from backend.errors import Conflict, Invalid, NotFound


class PlaceMissing(Invalid):
    code = "place-missing"
    headline_zh, headline_en = "请扫描门牌码或提供位置", "Scan a code or send a position"

    def __init__(self) -> None:
        super().__init__(missing={"code_or_point": 1})


class PlaceUncertain(Invalid):
    """A position too vague to say where it is. Whoever sent it says so by hand: a pin, a door of `near`, or a code."""

    code = "place-uncertain"

    def __init__(self, *, accuracy_m: float, limit_m: float, near: Sequence[dict[str, Any]]) -> None:
        super().__init__(
            f"定位误差约 {accuracy_m:.0f} 米,超过 {limit_m:.0f} 米,不能确定是哪里;内容没有丢,"
            "请在地图上点出位置、选择旁边的门牌,或扫描门牌码后再提交",
            f"The position is only good to {accuracy_m:.0f} m, {limit_m:.0f} m needed; nothing is lost: put a pin on "
            "the map, choose a door beside it, or scan a code, and send it again",
            accuracy_m=round(accuracy_m, 1),
            limit_m=limit_m,
            near=list(near),
            missing={"code_or_manual_point": 1},
        )


class OutsideJurisdiction(Invalid):
    code = "outside-jurisdiction"
    headline_zh, headline_en = "该位置不在本系统管辖范围内", "This point lies outside the area served here"


class OrderMissing(Invalid):
    code = "order-missing"
    headline_zh, headline_en = "请指明是哪张工单", "Say which order it is"

    def __init__(self) -> None:
        super().__init__(missing={"order_id_or_tracking_token": 1})


class NotHere(Conflict):
    """The order that somebody wants to join is not one that may be meant from where they stand."""

    code = "not-here"
    headline_zh, headline_en = (
        "该工单不在此处或已结束,请重新上报",
        "That order is not here or has ended; please report anew",
    )


class TrackingUnknown(NotFound):
    code = "tracking-unknown"
    headline_zh, headline_en = "没有这个跟踪链接", "There is no such tracking link"
