"""States of affairs that stop a move. Each says what is so, who made it so, and what is possible now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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


class InstantTooFar(Invalid):
    code = "instant-too-far"
    headline_zh, headline_en = "时间须在 2000 至 2100 年之间", "An instant between the years 2000 and 2100 is needed"


class SubOrdersOpen(Conflict):
    """The order waits for the units that handle it together."""

    code = "sub-orders-open"

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(
            f"协办工单尚未结案:{'、'.join(numbers)}",
            f"Sub-orders are still open: {', '.join(numbers)}",
            open=numbers,
        )


class ObjectedBefore(Conflict):
    code = "objected-before"
    headline_zh, headline_en = "您已反映过,派单台会核实", "You have said so already; the desk will look into it"


class NumberUnknown(Invalid):
    code = "number-unknown"
    headline_zh, headline_en = "没有这个编号的工单,或不在您的管辖范围", "No order of that number within your area"


class KeyUsedBefore(Conflict):
    """A key says that it is the same again; anything else needs another one. Nothing is done."""

    code = "idempotency-key-used"

    def __init__(self, *, earlier: str) -> None:
        super().__init__(
            "这次提交与先前用同一个 Idempotency-Key 或 client_id 提交的内容不同,没有收下;请换一个新的再提交",
            "This differs from what was sent under the same Idempotency-Key or client_id, and was not taken; "
            "send it under a new one",
            earlier_move=earlier,
        )


class OrderChanged(Conflict):
    """The order has changed since whoever judges it looked. Nothing is done; what it is now is in `extra`."""

    code = "order-changed"

    def __init__(self, *, seen: int, now: Mapping[str, Any]) -> None:
        """`now`: state, version, by whom (a name, where the reader may know it), when, by which move, allowed moves."""
        who, move_zh = now["changed_by"], now["changed_zh"]
        super().__init__(
            f"您看过之后,工单又有变化({who + ' ' if who else ''}{move_zh}),没有提交;请看过最新情况再决定",
            f"The order has changed since you looked at it ({who + ': ' if who else ''}{now['changed_move']}); "
            "nothing was done. Look again, then decide",
            seen=seen,
            **now,
        )


class ParentEnded(Conflict):
    """A sub-order goes on only as long as the order that it helps."""

    code = "parent-ended"

    def __init__(self, *, number: str) -> None:
        super().__init__(
            f"主办工单 {number} 已结束,协办工单不能重新办理;如仍未解决,请在主办工单上重新办理或重新上报",
            f"The order {number} that this one helped has ended; reopen that one, or report anew",
            parent=number,
        )


class HandledByYou(Forbidden):
    """Never the handler, nor anybody who had a hand in it before."""

    code = "handled-by-you"
    headline_zh, headline_en = (
        "您处置过这张工单,须由他人核查",
        "You have worked on this order; somebody else verifies it",
    )
