"""Facts of the ledgers: one for each row, in its transaction. A person's come in the order of their rows.

They hold all that a row is worked out from, so that both ledgers can be worked out again from them alone.
"""

from datetime import date, datetime
from typing import ClassVar

from backend.events.facts import Fact


class LedgerFact(Fact, frozen=True, kw_only=True):
    """`subject_id`: the account. `area_code`: the committee. `entry_id`: the row. `at`: when it was entered."""

    subject: ClassVar[str] = "ledger"
    entry_id: int
    at: datetime
    acted_by_id: int | None = None


class HoursEntered(LedgerFact, frozen=True, kw_only=True):
    """Work that waits to be confirmed. `source`: take or patrol; `source_id`: the order or the patrol task."""

    source: str
    source_id: int
    order_id: int | None
    number: str
    item_code: str
    title_zh: str
    title_en: str
    started_at: datetime
    ended_at: datetime
    promised: int
    """The points that the offer promised."""


class HoursConfirmed(LedgerFact, frozen=True, kw_only=True):
    """`counted`: minutes, without what was confirmed for the same time before, and within `day_most` of the day."""

    refers_to_id: int
    counted: int
    day_most: int


class HoursReversed(LedgerFact, frozen=True, kw_only=True):
    """Refused before it was confirmed, or taken back after: `counted` is what it takes away, 0 or less."""

    refers_to_id: int
    counted: int
    reason: str


class PointsEarned(LedgerFact, frozen=True, kw_only=True):
    """What a closing earned: `points` of `full_points`; `outcome` says why it is less or nothing."""

    kind: str
    outcome: str
    points: int
    full_points: int
    day_most: int
    order_id: int
    number: str
    item_code: str
    title_zh: str
    title_en: str
    place_key: str
    partner_id: int | None
    is_own_place: bool
    on_date: date
    round: int
    closed_at: datetime


class PointsReversed(LedgerFact, frozen=True, kw_only=True):
    refers_to_id: int
    points: int
    reason: str


class PointsSpent(LedgerFact, frozen=True, kw_only=True):
    """`points`: below 0. `title_zh`, `title_en`: for what."""

    points: int
    title_zh: str
    title_en: str
    on_date: date


class HoursExported(Fact, frozen=True, kw_only=True):
    """Names and hours of a month left for the city's register. `subject_id`: who took them."""

    subject: ClassVar[str] = "hours_export"
    month: date
    rows: int
    at: datetime
