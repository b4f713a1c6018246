"""States of affairs that stop a move. Each says what is so, who made it so, and what is possible now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.errors import Bilingual, Conflict, Forbidden, Invalid, Listing, NotFound, Phrase


class OrderNotFound(NotFound):
    code = "order-not-found"


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
            "order-state-conflict" if changed_by else "order-state-conflict.nameless",
            values={"stands": Bilingual(state_zh, state)},
            state=state,
            changed_by=changed_by,
            changed_by_role=changed_by_role,
            changed_at=changed_at,
            allowed=allowed,
        )


class OfferGone(Conflict):
    """It is offered no more: somebody took it, or its window is over."""

    code = "offer-gone"

    def __init__(self, *, state: str) -> None:
        super().__init__(state=state)


class NobodyOnCall(Conflict):
    """Nobody there would see what is offered."""

    code = "nobody-on-call"


class NotYours(Forbidden):
    code = "order-not-yours"


class EvidenceMissing(Invalid):
    """The item demands photos that were not brought; `missing` says how many of each."""

    code = "evidence-missing"

    def __init__(self, missing: dict[str, int]) -> None:
        photos = [Phrase(f"evidence-missing.{kind}", {"count": count}) for kind, count in missing.items()]
        super().__init__(values={"photos": Listing(photos)}, missing=missing)


class CheckInMissing(Invalid):
    code = "check-in-missing"

    def __init__(self) -> None:
        super().__init__(missing={"check_in": 1})


class ReasonMissing(Invalid):
    code = "reason-missing"

    def __init__(self) -> None:
        super().__init__(missing={"note": 1})


class AnswerMissing(Invalid):
    """What was asked is answered in words."""

    code = "answer-missing"

    def __init__(self) -> None:
        super().__init__(field="note", missing={"note": 1})


class InstantTooFar(Invalid):
    code = "instant-too-far"


class SubOrdersOpen(Conflict):
    """The order waits for the units that handle it together."""

    code = "sub-orders-open"

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(values={"numbers": Listing(numbers)}, open=numbers)


class ObjectedBefore(Conflict):
    code = "objected-before"


class NumberUnknown(Invalid):
    code = "number-unknown"


class KeyUsedBefore(Conflict):
    """A key says that it is the same again; anything else needs another one. Nothing is done."""

    code = "idempotency-key-used"

    def __init__(self, *, earlier: str) -> None:
        super().__init__(earlier_move=earlier)


class OrderChanged(Conflict):
    """The order has changed since whoever judges it looked. Nothing is done; what it is now is in `extra`."""

    code = "order-changed"

    def __init__(self, *, seen: int, now: Mapping[str, Any]) -> None:
        """`now`: state, version, by whom (a name, where the reader may know it), when, by which move, allowed moves."""
        text = "order-changed" if now["changed_by"] else "order-changed.nameless"
        change = Bilingual(now["changed_zh"], now["changed_move"])
        super().__init__(text, values={"change": change}, seen=seen, **now)


class ParentEnded(Conflict):
    """A sub-order goes on only as long as the order that it helps."""

    code = "parent-ended"

    def __init__(self, *, number: str) -> None:
        super().__init__(parent=number)


class SourceDecides(Conflict):
    """The source of the case has the last word: it is neither closed nor cancelled without it."""

    code = "source-decides"


class HandledByYou(Forbidden):
    """Never the handler, nor anybody who had a hand in it before."""

    code = "handled-by-you"
