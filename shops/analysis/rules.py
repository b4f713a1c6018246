"""Work a report's parts out of findings. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from backend.calendars.rules import SHANGHAI
from shops.analysis.months import month_of
from shops.analysis.structs import DepartmentPart, FoundInMonth, ReportedFinding
from shops.inspections.structs import FoundFinding


def reported(found: FoundFinding, now: datetime) -> ReportedFinding:
    return ReportedFinding(
        id=found.id,
        department=found.department,
        words_zh=found.words_zh,
        words_en=found.words_en,
        points=found.points,
        found_on=found.found_at.astimezone(SHANGHAI).date(),
        due_at=found.due_at,
        fixed_at=found.fixed_at,
        is_repeat=found.is_repeat,
        is_overdue=found.is_overdue(now),
    )


def by_department(findings: Sequence[FoundFinding], now: datetime) -> list[DepartmentPart]:
    """The departments that found most first."""
    parts: dict[str, list[FoundFinding]] = defaultdict(list)
    for each in findings:
        parts[each.department].append(each)
    return sorted(
        (_part(name, found, now) for name, found in parts.items()), key=lambda part: (-part.found, part.department)
    )


def fixed_in_time_percent(findings: Sequence[FoundFinding], now: datetime) -> int | None:
    """Of what was put right or fell due: how much in time. What has time left says nothing yet."""
    decided = [each for each in findings if each.fixed_at is not None or each.due_at < now]
    if not decided:
        return None
    return round(100 * sum(not each.is_overdue(now) for each in decided) / len(decided))


def trend(findings: Sequence[FoundFinding], months: Sequence[str]) -> list[FoundInMonth]:
    """A count for each month, also where nothing was found."""
    found, points = Counter[str](), Counter[str]()
    for each in findings:
        month = month_of(each.found_at)
        found[month] += 1
        points[month] += each.points
    return [FoundInMonth(month=month, found=found[month], points=points[month]) for month in months]


def _part(name: str, found: Sequence[FoundFinding], now: datetime) -> DepartmentPart:
    fixed = [each for each in found if each.fixed_at is not None]
    return DepartmentPart(
        department=name,
        found=len(found),
        points=sum(each.points for each in found),
        fixed=len(fixed),
        fixed_in_time=sum(not each.is_overdue(now) for each in fixed),
        open=len(found) - len(fixed),
        overdue=sum(each.is_overdue(now) for each in found if each.fixed_at is None),
    )
