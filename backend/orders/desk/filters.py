"""What a list of the desk is narrowed to. Pure."""

from datetime import date
from enum import StrEnum
from hashlib import blake2s

import msgspec

from backend.orders.desk.rows import DeskOrder
from backend.orders.model.states import ENDED, OPEN, UNDER_WAY, State


class DeskTab(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    VERIFY = "verify"
    SUSPENDED = "suspended"
    DECISION = "decision"
    """A request for more time or suspension waits for the desk."""
    CENTRE = "centre"
    """No unit answers for it: the centre decides."""
    ENDED = "ended"


STATES: dict[DeskTab, tuple[State, ...]] = {
    DeskTab.OPEN: OPEN,
    DeskTab.WAITING: (State.OFFERED, State.DISPATCHED),
    DeskTab.UNDER_WAY: UNDER_WAY,
    DeskTab.VERIFY: (State.HANDLED,),
    DeskTab.SUSPENDED: (State.SUSPENDED,),
    DeskTab.DECISION: UNDER_WAY,
    DeskTab.CENTRE: OPEN,
    DeskTab.ENDED: ENDED,
}


class DueWhen(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    """Within the hour, and not overdue yet."""


class ClosedOutcome(StrEnum):
    """How an order that was closed went."""

    ON_TIME = "on_time"
    LATE = "late"


class DeskFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every field narrows further; empty: not narrowed. Days are Shanghai's, the first and the last included."""

    tab: DeskTab = DeskTab.OPEN
    due: DueWhen | None = None
    item: str = ""
    """A category, an item or a sub-item: A, A1, A101."""
    unit_id: int | None = None
    handler_id: int | None = None
    area: str = ""
    grid: str = ""
    priority: str = ""
    source: str = ""
    text: str = ""
    """An order's number or the beginning of it, else a part of the place's name or address."""
    place_id: int | None = None
    since: date | None = None
    until: date | None = None
    """The days of opening."""
    closed_since: date | None = None
    closed_until: date | None = None
    """The days of closing: with these, only what was closed."""
    outcome: ClosedOutcome | None = None

    @property
    def asks_for_closed(self) -> bool:
        return bool(self.closed_since or self.closed_until or self.outcome)

    @property
    def is_ended(self) -> bool:
        return self.tab is DeskTab.ENDED

    def digest(self) -> str:
        """What a cursor is bound to."""
        return blake2s(msgspec.json.encode(self), digest_size=6).hexdigest()


class DeskPage(msgspec.Struct, frozen=True, kw_only=True):
    items: list[DeskOrder]
    previous: str | None = None
    next: str | None = None
