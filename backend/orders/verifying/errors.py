"""What stops a tap: a key of another one, photos that prove something else, verifiers who may not, or not yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.calendars.rules import SHANGHAI
from backend.errors import Conflict, Invalid, Listing, Phrase
from backend.orders.verifying.proof import PhotoProof, PhotoRefusal, WorkSite, limit_m

_ROLES = ("report", "before", "after")


class EvidenceNotSound(Invalid):
    """After photos that prove something else than the work done; `photos` names each, with why and by what facts."""

    code = "evidence-not-sound"

    def __init__(self, refused: Mapping[int, PhotoProof], scene: WorkSite) -> None:
        """`refused` by their number among the after photos, from 1."""
        phrases = [_refused(number, proof, scene) for number, proof in sorted(refused.items())]
        values = {"refused": Listing([phrase for phrase, _ in phrases], "list.semicolon")}
        super().__init__(values=values, photos=[facts for _, facts in phrases])


class AwaitsMerchant(Conflict):
    """Whoever asked for the work has the first word, until the time to say it is over."""

    code = "awaits-merchant"

    def __init__(self, *, until: datetime) -> None:
        super().__init__(values={"minute": _minute(until)}, until=until)


class AwaitsSource(Conflict):
    """It was passed here, and closes when its source says so."""

    code = "awaits-source"


def _refused(number: int, proof: PhotoProof, scene: WorkSite) -> tuple[Phrase, dict[str, Any]]:
    """What is said of one refused photo, and its facts."""
    facts: dict[str, Any] = {"photo_id": proof.photo_id, "number": number, "reason": proof.refusal}
    match proof.refusal:
        case PhotoRefusal.OLDER_THAN_CHECK_IN:
            facts |= {"captured_at": proof.captured_at, "since": scene.since, "since_move": scene.since_move}
            why = _older(proof, scene)
        case PhotoRefusal.TAKEN_ELSEWHERE:
            facts |= {"distance_m": proof.distance_m, "limit_m": limit_m(scene, None)}
            why = Phrase("evidence-not-sound.elsewhere", {"distance_m": proof.distance_m})
        case _:
            facts |= {"like_photo_id": proof.like_id, "like_role": proof.like_role}
            role = proof.like_role if proof.like_role in _ROLES else "other"
            why = Phrase("evidence-not-sound.same", {"role": Phrase(f"evidence-not-sound.role.{role}")})
    return Phrase("evidence-not-sound.photo", {"number": number, "why": why}), facts


def _older(proof: PhotoProof, scene: WorkSite) -> Phrase:
    values = {"begun": Phrase(f"evidence-not-sound.begun.{scene.since_move}"), "since": _minute(scene.since)}
    if proof.is_received_before:
        return Phrase("evidence-not-sound.sent-before", values)
    return Phrase("evidence-not-sound.taken-before", {**values, "taken": _minute(proof.captured_at)})


def _minute(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if at else ""


class AlreadyRated(Conflict):
    code = "already-rated"


class NotClosedYet(Conflict):
    code = "not-closed-yet"


class ReopenedBefore(Conflict):
    code = "reopened-before"


class TooLateToReopen(Conflict):
    code = "too-late-to-reopen"

    def __init__(self, *, days: int) -> None:
        super().__init__(days=days)


class VerifiedByYou(Conflict):
    code = "verified-by-you"


class CallNotDue(Conflict):
    """Nobody is to be called back about this order, or no more."""

    code = "call-not-due"


class CalledAlready(Conflict):
    code = "called-already"
