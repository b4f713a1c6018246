"""A shop's report of a month. Months are of Shanghai, written 2026-11; instants UTC."""

from datetime import date, datetime

from backend.structs import Read
from shops.grades.structs import Advice, Grade, ScoreRow


class DepartmentPart(Read, frozen=True, kw_only=True):
    """What one department found in the month, and what became of it."""

    department: str
    found: int
    points: int
    fixed: int
    fixed_in_time: int
    open: int
    overdue: int


class ReportedFinding(Read, frozen=True, kw_only=True):
    id: int
    department: str
    words_zh: str
    words_en: str
    points: int
    found_on: date
    due_at: datetime
    fixed_at: datetime | None
    is_repeat: bool
    is_overdue: bool


class FoundInMonth(Read, frozen=True, kw_only=True):
    """How much was found in a month, for the trend."""

    month: str
    found: int
    points: int


class ShopReport(Read, frozen=True, kw_only=True):
    """The whole of it. `grade` and `score` are those of the day of the report, with the rows that make them."""

    shop_id: int
    shop: str
    address: str
    month: str
    made_at: datetime
    grade: Grade
    grade_since: date | None
    visit_days: int
    """After so many days somebody comes again."""
    score: float
    score_rows: list[ScoreRow]
    advice: list[Advice]
    departments: list[DepartmentPart]
    findings: list[ReportedFinding]
    """Of the month, those still open first."""
    repeats: list[ReportedFinding]
    trend: list[FoundInMonth]
    """Six months, the reported one last."""
    found: int
    fixed_in_time_percent: int | None
    """Of what was due or put right; None where there is nothing yet."""
