"""How often an elder is visited, who hears when nobody came, and when somebody goes at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.elder_care import rules
from backend.elder_care.rules import LEVELS_MOST, Risk, VisitOutcome

DAY = date(2026, 11, 28)


def test_high_risk_is_due_before_noon_of_shanghai() -> None:
    assert rules.due_at(Risk.HIGH, DAY) == datetime(2026, 11, 28, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("risk", "minutes", "level"),
    [
        (Risk.HIGH, -1, 0),
        (Risk.HIGH, 0, 1),
        (Risk.HIGH, 30, 2),
        (Risk.HIGH, 120, 3),
        (Risk.MEDIUM, 59, 1),
        (Risk.MEDIUM, 60, 2),
        (Risk.LOW, 119, 1),
        (Risk.LOW, 240, 3),
    ],
)
def test_a_missed_visit_climbs_from_the_visitor_to_the_street(risk: Risk, minutes: int, level: int) -> None:
    due = rules.due_at(risk, DAY)

    assert rules.level_at(risk, due, due + timedelta(minutes=minutes)) == level


@given(st.sampled_from(Risk))
def test_the_street_has_heard_before_the_day_is_over(risk: Risk) -> None:
    end = datetime(2026, 11, 28, 15, 59, tzinfo=UTC)

    assert rules.level_at(risk, rules.due_at(risk, DAY), end) == LEVELS_MOST


@pytest.mark.parametrize(
    ("last", "every", "due"), [(None, 7, True), (6, 7, False), (7, 7, True), (1, 1, True), (0, 1, False)]
)
def test_a_rhythm_asks_for_a_visit(last: int | None, every: int, due: bool) -> None:
    assert rules.is_due(None if last is None else DAY - timedelta(last), every, DAY) is due


@pytest.mark.parametrize(
    ("outcome", "earlier", "at_once"),
    [
        (VisitOutcome.WELL, [VisitOutcome.NOT_OPENED, VisitOutcome.NOT_OPENED], False),
        (VisitOutcome.NOT_OPENED, [], False),
        (VisitOutcome.NOT_OPENED, [VisitOutcome.WELL, VisitOutcome.NOT_OPENED], False),
        (VisitOutcome.NOT_OPENED, [VisitOutcome.NOT_OPENED, VisitOutcome.WELL], True),
        (VisitOutcome.NEEDS_HELP, [VisitOutcome.WELL], True),
    ],
)
def test_somebody_goes_at_once_where_nobody_opens_twice_or_help_is_needed(
    outcome: VisitOutcome, earlier: list[VisitOutcome], at_once: bool
) -> None:
    assert rules.needs_somebody_at_once(outcome, earlier) is at_once
