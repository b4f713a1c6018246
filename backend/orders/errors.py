"""States of affairs that stop a move. Each says what is so, who made it so, and what is possible now."""

from datetime import datetime

from backend.errors import Conflict, Forbidden, Invalid, NotFound


class OrderNotFound(NotFound):
    code = "order-not-found"
    headline_zh, headline_en = "没有这张工单,或不在您的管辖范围", "No such order within your area"


class MoveForbidden(Conflict):
    """The state does not allow the move. Somebody was first: by name, where whoever is refused may know it."""

    code = "order-state-conflict"

    def __init__(
        self,
        *,
        state: str,
        state_zh: str,
        changed_by: str,
        changed_by_role: str,
        changed_at: datetime,
        allowed: list[str],
    ) -> None:
        super().__init__(
            f"{changed_by}已先操作,工单现在{state_zh}" if changed_by else f"工单现在{state_zh},不能这样操作",
            f"{changed_by} was first: the order is now {state}" if changed_by else f"Not while the order is {state}",
            state=state,
            changed_by=changed_by,
            changed_by_role=changed_by_role,
            changed_at=changed_at,
            allowed=allowed,
        )


class NotYours(Forbidden):
    code = "order-not-yours"
    headline_zh, headline_en = "这张工单不由您处置", "This order is not yours to act on"


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


class EvidenceMissing(Invalid):
    """The item demands photos that were not brought; `missing` says how many of each."""

    code = "evidence-missing"

    def __init__(self, missing: dict[str, int]) -> None:
        names = {
            "report": ("上报", "report"),
            "before": ("处置前", "before"),
            "after": ("处置后", "after"),
            "arrival": ("现场", "on-the-spot"),
        }
        zh = "、".join(f"{names[kind][0]}照片 {count} 张" for kind, count in missing.items())
        en = ", ".join(f"{count} {names[kind][1]} photo(s)" for kind, count in missing.items())
        super().__init__(f"还缺:{zh}", f"Still missing: {en}", missing=missing)


class CheckInMissing(Invalid):
    code = "check-in-missing"
    headline_zh, headline_en = "请先到场打卡", "Check in on the spot first"

    def __init__(self) -> None:
        super().__init__(missing={"check_in": 1})


class ReasonMissing(Invalid):
    code = "reason-missing"
    headline_zh, headline_en = "请写明原因", "Give a reason"

    def __init__(self) -> None:
        super().__init__(missing={"note": 1})


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


class AlreadyRated(Conflict):
    code = "already-rated"
    headline_zh, headline_en = "已经评价过了", "This has been rated already"


class NotClosedYet(Conflict):
    code = "not-closed-yet"
    headline_zh, headline_en = "工单结案后才能评价", "An order can be rated once it is closed"


class ReporterNotAllowed(Invalid):
    """The dictionary does not let this kind of reporter report this item."""

    code = "reporter-not-allowed"

    def __init__(self, item: str, allowed: list[str]) -> None:
        super().__init__(
            "该事项不由您上报,请致电热线",
            "This matter is not reported this way; please call the hotline",
            item=item,
            allowed_reporters=allowed,
        )


class RequestPending(Conflict):
    code = "request-pending"
    headline_zh, headline_en = "已有申请等待审批", "A request is already waiting for a decision"


class NoRequest(Conflict):
    code = "no-request"
    headline_zh, headline_en = "没有待审批的申请", "No request is waiting for a decision"


class UnitUnknown(Invalid):
    code = "unit-unknown"
    headline_zh, headline_en = "没有这个责任单位", "There is no such unit"


class CellOutsideArea(Invalid):
    code = "cell-outside-area"
    headline_zh, headline_en = "网格不在该区划内", "The grid cell is not within the area"


class InstantTooFar(Invalid):
    code = "instant-too-far"
    headline_zh, headline_en = "时间须在 2000 至 2100 年之间", "An instant between the years 2000 and 2100 is needed"


class UnitEmpty(Invalid):
    code = "unit-empty"
    headline_zh, headline_en = "该单位在此处没有处置人员", "Nobody handles orders for that unit here"


class HandlerUnknown(Invalid):
    code = "handler-unknown"
    headline_zh, headline_en = "此人不在该单位处置工单", "This person does not handle orders for that unit here"


class SubOrdersOpen(Conflict):
    """The order waits for the units that handle it together."""

    code = "sub-orders-open"

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(
            f"协办工单尚未结案:{'、'.join(numbers)}",
            f"Sub-orders are still open: {', '.join(numbers)}",
            open=numbers,
        )


class UrgedLately(Conflict):
    code = "urged-lately"

    def __init__(self, *, wait_min: int) -> None:
        super().__init__(
            f"刚刚催办过,请 {wait_min} 分钟后再试", f"Urged lately; try again in {wait_min} min", wait_min=wait_min
        )


class ReopenedBefore(Conflict):
    code = "reopened-before"
    headline_zh, headline_en = "已重新办理过一次,如仍未解决请致电热线", "Reopened once already; please call the hotline"


class ObjectedBefore(Conflict):
    code = "objected-before"
    headline_zh, headline_en = "您已反映过,派单台会核实", "You have said so already; the desk will look into it"


class TooLateToReopen(Conflict):
    code = "too-late-to-reopen"

    def __init__(self, *, days: int) -> None:
        super().__init__(
            f"结案超过 {days} 天,请重新上报", f"Closed more than {days} days ago; please report anew", days=days
        )


class VerifiedByYou(Conflict):
    code = "verified-by-you"
    headline_zh, headline_en = "您已核查通过,需另一人复核", "You have passed it; somebody else must pass it too"


class CalledAlready(Conflict):
    code = "called-already"
    headline_zh, headline_en = "已回访过", "The reporter has been called back already"


class ClosedTooLong(Conflict):
    """An order that ended a while ago takes no more reporters."""

    code = "closed-too-long"
    headline_zh, headline_en = "该工单已结案,请重新上报", "This order is closed; please report anew"


class NumberUnknown(Invalid):
    code = "number-unknown"
    headline_zh, headline_en = "没有这个编号的工单,或不在您的管辖范围", "No order of that number within your area"


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
