"""Facts about orders, in the past tense. All carry the audience: area, unit, and the people concerned."""

from datetime import datetime
from typing import ClassVar

from backend.events.facts import Fact


class OrderFact(Fact, frozen=True, kw_only=True):
    subject: ClassVar[str] = "order"
    number: str
    item_code: str
    item_zh: str
    item_en: str
    place: str
    handler_id: int | None = None
    opened_by_id: int | None = None
    supervisor_id: int | None = None


class OrderDispatched(OrderFact, frozen=True, kw_only=True):
    respond_by: datetime
    resolve_by: datetime


class OrderAccepted(OrderFact, frozen=True, kw_only=True):
    pass


class HandlerArrived(OrderFact, frozen=True, kw_only=True):
    pass


class OrderFinished(OrderFact, frozen=True, kw_only=True):
    pass


class OrderSentBack(OrderFact, frozen=True, kw_only=True):
    reason: str


class OrderClosed(OrderFact, frozen=True, kw_only=True):
    pass


class OrderRated(OrderFact, frozen=True, kw_only=True):
    score: int


class OrderReturned(OrderFact, frozen=True, kw_only=True):
    reason: str
    hop_count: int


class OrderReassigned(OrderFact, frozen=True, kw_only=True):
    reason: str


class RequestAsked(OrderFact, frozen=True, kw_only=True):
    kind: str
    reason: str


class RequestDecided(OrderFact, frozen=True, kw_only=True):
    kind: str
    is_granted: bool
    reason: str


class OrderResumed(OrderFact, frozen=True, kw_only=True):
    pass


class OrderMadeSafe(OrderFact, frozen=True, kw_only=True):
    pass


class OrderUrged(OrderFact, frozen=True, kw_only=True):
    note: str


class OrderSupervised(OrderFact, frozen=True, kw_only=True):
    note: str


class OrderCancelled(OrderFact, frozen=True, kw_only=True):
    reason: str


class OrderReopened(OrderFact, frozen=True, kw_only=True):
    reason: str


class OrderPassedOnce(OrderFact, frozen=True, kw_only=True):
    pass


class OrderEscalated(OrderFact, frozen=True, kw_only=True):
    """A rung of the ladder: so many percent of a stage's limit have gone by. `due_by` is the stage's deadline."""

    stage: str
    percent: int
    who: str
    door: str
    due_by: datetime | None


class OrderClockChanged(OrderFact, frozen=True, kw_only=True):
    """The calendar, the weather or a limit changed, and a deadline with it."""

    cause: str


class LimitsChanged(Fact, frozen=True, kw_only=True):
    """The minutes of an item within an area are others than before."""

    subject: ClassVar[str] = "limits"
    subject_id: int = 0
    item_code: str
