"""The language of the ledgers: entries as people read them, sums, and what a town lays down."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write


class HoursKind(StrEnum):
    WORKED = "worked"
    CONFIRMED = "confirmed"
    REVERSED = "reversed"


class HoursSource(StrEnum):
    TAKE = "take"
    """A grabbed order, from check-in to finish."""
    PATROL = "patrol"


class PointsKind(StrEnum):
    WORK = "work"
    REPORT = "report"
    SPENT = "spent"
    REVERSED = "reversed"


class PointsOutcome(StrEnum):
    """Why an entry adds what it adds."""

    COUNTED = "counted"
    OVER_DAY = "over_day"
    """The limit of the day was reached before."""
    REPEAT = "repeat"
    """The same item at the same place counted that day before."""
    OWN_REPORT = "own_report"
    """Whoever did it had reported it: neither the work nor the report earns."""
    OWN_PLACE = "own_place"
    """It is at a place of one's own, such as one's shop."""


class RewardRules(Read, frozen=True, kw_only=True):
    """What applies to a committee, besides what each offer promises. Minutes and points of a day in Shanghai."""

    hours_day_most: int = 480
    points_day_most: int = 60
    points_report: int = 2
    ranked_from: int = 5
    """Confirmed orders within ninety days from which somebody is ranked."""


class SetRewardRules(Write, frozen=True, kw_only=True):
    hours_day_most: Annotated[int, Meta(ge=0, le=1440)]
    points_day_most: Annotated[int, Meta(ge=0, le=10_000)]
    points_report: Annotated[int, Meta(ge=0, le=1000)]
    ranked_from: Annotated[int, Meta(ge=1, le=1000)]


class HoursLine(Read, frozen=True, kw_only=True):
    """Work as its volunteer and the committee read it. Minutes; times in UTC, `on_date` in Shanghai."""

    id: int
    account_id: int
    masked_name: str
    source: HoursSource
    order_id: int | None
    number: str
    title_zh: str
    title_en: str
    on_date: date
    started_at: datetime
    ended_at: datetime
    minutes: int
    state: HoursKind
    """`worked`: waits for the committee."""
    counted: int
    """Once it is confirmed; of what was taken back 0."""
    reason: str


class PointsLine(Read, frozen=True, kw_only=True):
    """A row of somebody's points as they read it. Times in UTC."""

    id: int
    kind: PointsKind
    outcome: PointsOutcome
    points: int
    full_points: int
    number: str
    title_zh: str
    title_en: str
    reason: str
    entered_at: datetime
    is_reversed: bool
