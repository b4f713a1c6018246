"""Recurring pickups on the wire."""

from datetime import date, datetime, time
from typing import Annotated

from msgspec import Meta

from backend.calendars.rrules import MOST_CHARS
from backend.structs import Read, Write
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.structs import Amount


class RecurrenceInput(Write, frozen=True, kw_only=True):
    """`rule`: an RRULE by days or coarser without DTSTART, such as FREQ=WEEKLY;BYDAY=MO,TH. UNTIL counts."""

    kind: WasteKind
    amount: Amount
    unit: AmountUnit
    rule: Annotated[str, Meta(min_length=6, max_length=MOST_CHARS)]
    starts_on: date
    at: Annotated[time, Meta(tz=False, description="Local time of Shanghai near which a slot is looked for")]


class RecurrenceView(Read, frozen=True, kw_only=True):
    id: int
    shop_id: int
    kind: WasteKind
    amount: int
    unit: AmountUnit
    rule: str
    zone: str
    starts_local: datetime
    """A wall clock time in `zone`."""
    next_days: list[date]
    ended_at: datetime | None
