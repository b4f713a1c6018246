"""When something of a lift is due, late, and to be said."""

from datetime import date, timedelta

import pytest

from backend.lifts.rules import DueKind, LiftStanding, due_days, is_to_be_said, standing

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("inspect_in", "maintained_ago", "stands"),
    [
        (200, 3, LiftStanding.FINE),
        (200, 15, LiftStanding.FINE),
        (200, 16, LiftStanding.OVERDUE),
        (31, 3, LiftStanding.FINE),
        (30, 3, LiftStanding.SOON),
        (0, 3, LiftStanding.SOON),
        (-1, 3, LiftStanding.OVERDUE),
        (30, 16, LiftStanding.OVERDUE),
    ],
)
def test_a_lift_stands_as_its_worst_day(inspect_in: int, maintained_ago: int, stands: LiftStanding) -> None:
    days = due_days(TODAY + timedelta(inspect_in), TODAY - timedelta(maintained_ago), 15)

    assert standing(days, TODAY) is stands


def test_the_nearer_day_comes_first() -> None:
    first, second = due_days(TODAY + timedelta(5), TODAY, 15)

    assert (first.kind, second.kind, second.on) == (DueKind.INSPECTION, DueKind.MAINTENANCE, TODAY + timedelta(15))


@pytest.mark.parametrize(("ago", "said"), [(None, True), (0, False), (6, False), (7, True), (70, True)])
def test_it_is_said_once_a_week(ago: int | None, said: bool) -> None:
    notified_on = None if ago is None else TODAY - timedelta(ago)

    assert is_to_be_said(LiftStanding.OVERDUE, notified_on, TODAY) is said
    assert not is_to_be_said(LiftStanding.FINE, notified_on, TODAY)
