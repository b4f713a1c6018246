"""States of affairs that stop an arrival: too far, too vague, the wrong code, captured at no time that counts."""

from datetime import datetime

from backend.errors import Conflict, Invalid


class TooFarAway(Conflict):
    code = "too-far-away"
    headline_zh, headline_en = "不在现场", "Not on the spot"

    def __init__(self, *, distance_m: float, accuracy_m: float, radius_m: float) -> None:
        super().__init__(
            f"距离现场 {distance_m:.0f} 米,需在 {radius_m:.0f} 米以内;可扫描现场门牌码打卡,或拍照申诉",
            f"{distance_m:.0f} m away, {radius_m:.0f} m needed; scan the code on the spot, or appeal with a photo",
            distance_m=round(distance_m, 1),
            accuracy_m=round(accuracy_m, 1),
            radius_m=radius_m,
        )


class FixTooVague(Conflict):
    code = "fix-too-vague"
    headline_zh, headline_en = "定位不够准确", "The position is too vague"

    def __init__(self, *, accuracy_m: float, limit_m: float, distance_m: float, radius_m: float) -> None:
        super().__init__(
            f"定位误差 {accuracy_m:.0f} 米,超过 {limit_m:.0f} 米;距离现场 {distance_m:.0f} 米,"
            f"需在 {radius_m:.0f} 米以内。请扫描现场门牌码打卡,或拍照申诉",
            f"The position is only good to {accuracy_m:.0f} m, {limit_m:.0f} m needed ({distance_m:.0f} m away, "
            f"within {radius_m:.0f} m needed); scan the code on the spot, or appeal with a photo",
            accuracy_m=round(accuracy_m, 1),
            limit_m=limit_m,
            distance_m=round(distance_m, 1),
            radius_m=radius_m,
        )


class WrongCode(Conflict):
    code = "wrong-code"
    headline_zh, headline_en = "这不是现场的门牌码", "This is not the code of the place"


class CapturedTooEarly(Conflict):
    """An arrival from before the order was accepted, or before it came back to the handler."""

    code = "captured-too-early"

    def __init__(self, *, captured_at: datetime, accepted_at: datetime) -> None:
        super().__init__(
            "打卡时间早于接单时间,请在现场重新打卡",
            "This check-in was made before the order was accepted; please check in again on the spot",
            captured_at=captured_at,
            accepted_at=accepted_at,
        )


class CapturedTooLongAgo(Conflict):
    code = "captured-too-long-ago"

    def __init__(self, *, captured_at: datetime, hours: int) -> None:
        super().__init__(
            f"离线打卡已超过 {hours} 小时,请在现场重新打卡",
            f"This check-in was made more than {hours} hours ago; please check in again on the spot",
            captured_at=captured_at,
            limit_h=hours,
        )


class AppealReasonMissing(Invalid):
    code = "appeal-reason-missing"
    headline_zh, headline_en = "请写明无法打卡的原因", "Say why you cannot check in"

    def __init__(self) -> None:
        super().__init__(missing={"reason": 1})


class BadCheckIn(Invalid):
    code = "check-in-empty"
    headline_zh, headline_en = "请提供定位或扫描门牌码", "Send a position or scan the code"

    def __init__(self) -> None:
        super().__init__(missing={"point_or_code": 1})
