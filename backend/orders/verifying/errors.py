"""What stops a tap: a key of another one, photos that prove something else, verifiers who may not, or not yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.calendars.rules import SHANGHAI
from backend.errors import Conflict, Invalid
from backend.orders.verifying.proof import PhotoProof, PhotoRefusal, WorkSite, limit_m

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


class EvidenceNotSound(Invalid):
    """After photos that prove something else than the work done; `photos` names each, with why and by what facts."""

    code = "evidence-not-sound"

    def __init__(self, refused: Mapping[int, PhotoProof], scene: WorkSite) -> None:
        """`refused` by their number among the after photos, from 1."""
        told = [_refused(number, proof, scene) for number, proof in sorted(refused.items())]
        super().__init__(
            f"{';'.join(zh for zh, _, _ in told)}。请去掉后在现场重新拍照",
            f"{'; '.join(en for _, en, _ in told)}. Remove it and take a new photo here",
            photos=[facts for _, _, facts in told],
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


def _refused(number: int, proof: PhotoProof, scene: WorkSite) -> tuple[str, str, dict[str, Any]]:
    """One refused photo in both languages, and its facts."""
    facts: dict[str, Any] = {"photo_id": proof.photo_id, "number": number, "reason": proof.refusal}
    match proof.refusal:
        case PhotoRefusal.OLDER_THAN_CHECK_IN:
            facts |= {"captured_at": proof.captured_at, "since": scene.since, "since_move": scene.since_move}
            zh, en = _older(proof, scene)
        case PhotoRefusal.TAKEN_ELSEWHERE:
            facts |= {"distance_m": proof.distance_m, "limit_m": limit_m(scene, None)}
            zh, en = f"拍摄地距现场 {proof.distance_m:.0f} 米", f"was taken {proof.distance_m:.0f} m from the place"
        case _:
            facts |= {"like_photo_id": proof.like_id, "like_role": proof.like_role}
            zh_role, en_role = _ROLES.get(proof.like_role or "", ("已有", "an earlier"))
            zh, en = f"与{zh_role}照片是同一张", f"is {en_role} photo again"
    return f"第 {number} 张处置后照片{zh}", f"After photo {number} {en}", facts


def _older(proof: PhotoProof, scene: WorkSite) -> tuple[str, str]:
    zh, en = _BEGUN[scene.since_move]
    since = _minute(scene.since)
    if proof.is_received_before:
        return f"在{zh}({since})之前已上传", f"was sent before {en} at {since}"
    taken = _minute(proof.captured_at)
    return f"拍摄于 {taken},早于{zh}({since})", f"was taken at {taken}, before {en} at {since}"


def _minute(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if at else ""


class AlreadyRated(Conflict):
    code = "already-rated"
    headline_zh, headline_en = "已经评价过了", "This has been rated already"


class NotClosedYet(Conflict):
    code = "not-closed-yet"
    headline_zh, headline_en = "工单结案后才能评价", "An order can be rated once it is closed"


class ReopenedBefore(Conflict):
    code = "reopened-before"
    headline_zh, headline_en = "已重新办理过一次,如仍未解决请致电热线", "Reopened once already; please call the hotline"


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
