"""The score of a shop, its grade, and what would change it. Pure: no clock, no database."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from backend.calendars.rules import SHANGHAI
from shops.grades.structs import Advice, AdviceKind, Grade, GradedFinding, GradeSettings, Score, ScoreRow, Standing

FULL = 100.0
_BETTER = {Grade.C: Grade.B, Grade.B: Grade.A}


def weight_of(finding: GradedFinding, by: GradeSettings) -> float:
    """How much a fault counts: overdue most, found again more, else once."""
    if finding.is_overdue:
        return by.overdue_weight
    return by.repeat_weight if finding.is_repeat else by.first_weight


def score(findings: Sequence[GradedFinding], by: GradeSettings, today: date) -> Score:
    """100 less what was found within the window, and a little more for what the shop said and mended itself."""
    rows, given = list[ScoreRow](), 0.0
    for finding in sorted(findings, key=lambda each: (each.found_on, each.id)):
        if not counts(finding, by, today):
            continue
        if _is_own_word(finding):
            change = min(by.self_report_points, by.self_report_most - given)
            given += change
            rows.append(ScoreRow(finding=finding, weight=0, change=change))
            continue
        weight = weight_of(finding, by)
        rows.append(ScoreRow(finding=finding, weight=weight, change=-finding.points * weight))
    total = min(FULL, max(0.0, FULL + sum(row.change for row in rows)))
    return Score(
        rows=rows,
        total=round(total, 1),
        has_p0=any(_is_grave(row.finding) for row in rows),
        last_fault_on=max((each.found_on for each in findings if not _is_own_word(each)), default=None),
    )


def counts(finding: GradedFinding, by: GradeSettings, today: date) -> bool:
    """Whether a fault lies in the window: found within its days, or still open."""
    is_recent = today - timedelta(days=by.window_days) < finding.found_on <= today
    return is_recent or (finding.fixed_at is None and finding.found_on <= today)


def by_score(found: Score, by: GradeSettings) -> Grade:
    """The grade that the score alone would give."""
    if found.has_p0 or found.total < by.b_from:
        return Grade.C
    return Grade.A if found.total >= by.a_from else Grade.B


def next_grade(current: Standing, found: Score, by: GradeSettings, today: date) -> Grade:
    """The grade from today: down at once to what the score says, up one step after the clean days."""
    target = by_score(found, by)
    if target > current.grade:  # the letters go down the alphabet as grades get worse
        return target
    if target < current.grade and today >= clean_until(current, found, by):
        return _BETTER[current.grade]
    return current.grade


def clean_until(current: Standing, found: Score, by: GradeSettings) -> date:
    """The first day on which it may go up: so long after the last fault, and after the last change."""
    return max(current.since, found.last_fault_on or current.since) + timedelta(days=by.clean_days)


def goes_up_on(current: Standing, findings: Sequence[GradedFinding], by: GradeSettings, today: date) -> date:
    """The first day on which it goes up, with everything put right and nothing new found until then."""
    mended = [replace(each, fixed_at=each.fixed_at or each.due_at) for each in findings]
    first = max(clean_until(current, score(mended, by, today), by), today)
    leaving = sorted(each.found_on + timedelta(days=by.window_days) for each in findings)
    days = [first, *(day for day in leaving if day > first)]
    return next((day for day in days if by_score(score(mended, by, day), by) < current.grade), days[-1])


def advise(current: Standing, findings: Sequence[GradedFinding], by: GradeSettings, today: date) -> list[Advice]:
    """What the shop can do, and what time does, in the order in which it helps."""
    found, advice = score(findings, by, today), list[Advice]()
    at_stake = [row for row in found.rows if row.finding.answered_at is None and not row.finding.is_overdue]
    if at_stake:
        more = sum((by.overdue_weight - row.weight) * row.finding.points for row in at_stake)
        first = min(row.finding.due_at for row in at_stake).astimezone(SHANGHAI).date()
        ids = [row.finding.id for row in at_stake]
        advice.append(Advice(kind=AdviceKind.FIX_OPEN, points=round(more, 1), on=first, finding_ids=ids))
    if current.grade in _BETTER:
        on = goes_up_on(current, findings, by, today)
        advice.append(Advice(kind=AdviceKind.STAY_CLEAN, on=on, to=_BETTER[current.grade]))
    fixed = [row for row in found.rows if row.change < 0 and row.finding.fixed_at is not None]
    if fixed:
        oldest = min(fixed, key=lambda row: row.finding.found_on)
        leaves = oldest.finding.found_on + timedelta(days=by.window_days)
        advice.append(
            Advice(kind=AdviceKind.LOSES_WEIGHT, points=-oldest.change, on=leaves, finding_ids=[oldest.finding.id])
        )
    return advice or [Advice(kind=AdviceKind.KEEP)]


def _is_own_word(finding: GradedFinding) -> bool:
    """Whether the shop said so itself and put it right in time: that takes nothing."""
    return finding.self_reported and finding.fixed_at is not None and not finding.is_overdue


def _is_grave(finding: GradedFinding) -> bool:
    return finding.is_p0 and not finding.self_reported
