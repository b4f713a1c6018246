"""What stops a tap: a key of another one, photos that prove something else, verifiers who may not, or not yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.calendars.rules import SHANGHAI
from backend.errors import Conflict, Forbidden, Invalid
from backend.orders.proof import Proof, Refusal, Scene, limit_m

_ROLES = {
    "report": ("上报", "the report's"),
    "before": ("处置前", "the before"),
    "after": ("上次处置后", "an earlier after"),
}
_BEGUN = {
    "check_in": ("到场打卡", "the check-in"),
    "accept": ("接单", "the acceptance"),
    "rework": ("返工", "the rework"),
    "dispute": ("返工", "the rework"),
}


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


class LookAgain(Conflict):
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


class EvidenceNotSound(Invalid):
    """After photos that prove something else than the work done; `photos` names each, with why and by what facts."""

    code = "evidence-not-sound"

    def __init__(self, refused: Mapping[int, Proof], scene: Scene) -> None:
        """`refused` by their number among the after photos, from 1."""
        told = [_refused(number, proof, scene) for number, proof in sorted(refused.items())]
        super().__init__(
            f"{';'.join(zh for zh, _, _ in told)}。请去掉后在现场重新拍照",
            f"{'; '.join(en for _, en, _ in told)}. Remove it and take a new photo here",
            photos=[facts for _, _, facts in told],
        )


class HandledByYou(Forbidden):
    """Never the handler, nor anybody who had a hand in it before."""

    code = "handled-by-you"
    headline_zh, headline_en = (
        "您处置过这张工单,须由他人核查",
        "You have worked on this order; somebody else verifies it",
    )


class AwaitsMerchant(Conflict):
    """Whoever asked for the work has the first word, until the time to say it is over."""

    code = "awaits-merchant"

    def __init__(self, *, until: datetime) -> None:
        super().__init__(
            f"等待商户确认至 {_minute(until)},之后可核查",
            f"The merchant may confirm until {_minute(until)}; you may pass it afterwards",
            until=until,
        )


def _refused(number: int, proof: Proof, scene: Scene) -> tuple[str, str, dict[str, Any]]:
    """One refused photo in both languages, and its facts."""
    facts: dict[str, Any] = {"photo_id": proof.photo_id, "number": number, "reason": proof.refusal}
    match proof.refusal:
        case Refusal.OLDER_THAN_CHECK_IN:
            facts |= {"captured_at": proof.captured_at, "since": scene.since, "since_move": scene.since_move}
            zh, en = _older(proof, scene)
        case Refusal.TAKEN_ELSEWHERE:
            facts |= {"distance_m": proof.distance_m, "limit_m": limit_m(scene, None)}
            zh, en = f"拍摄地距现场 {proof.distance_m:.0f} 米", f"was taken {proof.distance_m:.0f} m from the place"
        case _:
            facts |= {"like_photo_id": proof.like_id, "like_role": proof.like_role}
            zh_role, en_role = _ROLES.get(proof.like_role or "", ("已有", "an earlier"))
            zh, en = f"与{zh_role}照片是同一张", f"is {en_role} photo again"
    return f"第 {number} 张处置后照片{zh}", f"After photo {number} {en}", facts


def _older(proof: Proof, scene: Scene) -> tuple[str, str]:
    zh, en = _BEGUN[scene.since_move]
    since = _minute(scene.since)
    if proof.is_received_before:
        return f"在{zh}({since})之前已上传", f"was sent before {en} at {since}"
    taken = _minute(proof.captured_at)
    return f"拍摄于 {taken},早于{zh}({since})", f"was taken at {taken}, before {en} at {since}"


def _minute(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if at else ""
