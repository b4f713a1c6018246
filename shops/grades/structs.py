"""What grades take and give. Days are of Shanghai, instants UTC, points whole or with one decimal."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write


class Grade(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class GradedFinding(Read, frozen=True, kw_only=True):
    """A finding as far as a score counts it. Struck by a panel, it is not among them."""

    id: int
    department: str
    words_zh: str
    words_en: str
    points: int
    is_p0: bool
    is_repeat: bool
    """The same point was found before within thirty days."""
    found_on: date
    due_at: datetime
    fixed_at: datetime | None
    answered_at: datetime | None
    """When the shop did its part; None while it is the shop's turn."""
    is_overdue: bool
    """The shop's part came too late, or is late and has not come."""
    self_reported: bool = False
    """The shop said so itself."""


Points = Annotated[float, Meta(ge=0, le=100)]
Weight = Annotated[float, Meta(ge=0, le=10)]
Days = Annotated[int, Meta(ge=1, le=366)]


class GradeSettings(Write, frozen=True, kw_only=True):
    """Thresholds and weights of an area. The defaults are those of the product, and every town's to change."""

    a_from: Points = 90
    b_from: Points = 75
    window_days: Days = 30
    first_weight: Weight = 1
    repeat_weight: Weight = 1.5
    overdue_weight: Weight = 2
    self_report_points: Points = 1
    """For each fault that the shop reported itself and put right in time."""
    self_report_most: Points = 5
    clean_days: Days = 30
    """So many days without a fault before it goes up, one step at a time."""
    visit_days_a: Days = 14
    visit_days_b: Days = 7
    visit_days_c: Days = 2
    is_public: bool = False
    shows_rectifications: bool = False
    """Whether everybody is told on a shop's page what was found there and put right."""

    def visit_days(self, grade: Grade) -> int:
        """After so many days somebody comes again."""
        return {Grade.A: self.visit_days_a, Grade.B: self.visit_days_b, Grade.C: self.visit_days_c}[grade]


class ScoreRow(Read, frozen=True, kw_only=True):
    """One line of a score: what it is for, and how many points it takes or gives."""

    finding: GradedFinding
    weight: float
    change: float


class Score(Read, frozen=True, kw_only=True):
    """`total`: 0 to 100, with its rows, the oldest first."""

    rows: list[ScoreRow]
    total: float
    has_p0: bool
    last_fault_on: date | None = None
    """The day of the last fault, also of one that counts no more: from then on it is clean."""


class Standing(Read, frozen=True, kw_only=True):
    """The grade that a shop has, and since when."""

    grade: Grade
    since: date


class AdviceKind(StrEnum):
    """What would change a grade."""

    FIX_OPEN = "fix_open"
    """Put right what is open, in time: `points` are at stake."""
    STAY_CLEAN = "stay_clean"
    """Everything put right and no fault until a day: one step up then."""
    LOSES_WEIGHT = "loses_weight"
    """From a day on a fault counts no more."""
    KEEP = "keep"
    """Nothing: it is the best there is."""


class Advice(Read, frozen=True, kw_only=True):
    kind: AdviceKind
    points: float = 0
    on: date | None = None
    to: Grade | None = None
    finding_ids: list[int] = []
