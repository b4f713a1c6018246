"""The parts of a shop's report: months of Shanghai, departments, the trend, the share put right in time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shops.analysis import months, rules
from shops.analysis.months import MonthUnreadable
from shops.inspections.structs import FoundFinding

NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
A_DAY = timedelta(days=1)


def found(number=1, *, ago=1, days=2, fixed_after=None, department="fire", points=5, **other):
    found_at = NOW - ago * A_DAY
    usual = {"shop_id": 1, "words_zh": "灭火器过期", "words_en": "Old", "is_p0": False, "is_repeat": False}
    fixed_at = None if fixed_after is None else found_at + fixed_after * A_DAY
    return FoundFinding(
        id=number, department=department, points=points, found_at=found_at, due_at=found_at + days * A_DAY,
        fixed_at=fixed_at, is_upheld=True, state="open" if fixed_after is None else "fixed",
        **usual | {"answered_at": fixed_at} | other,
    )  # fmt: skip


def test_a_month_is_one_of_shanghai():
    since, until = months.bounds("2026-12")

    assert (since.astimezone(UTC), until.astimezone(UTC)) == (
        datetime(2026, 11, 30, 16, tzinfo=UTC),
        datetime(2026, 12, 31, 16, tzinfo=UTC),
    )
    assert months.month_of(datetime(2026, 11, 30, 16, tzinfo=UTC)) == "2026-12"
    assert months.earlier("2026-02", 3) == ["2025-12", "2026-01", "2026-02"]


@pytest.mark.parametrize(
    "written", ["", "2026", "2026-13", "2026-00", "2026-1", "1999-01", "2026-11-01", "２０２６-11"]
)
def test_what_is_no_month_is_refused(written):
    with pytest.raises(MonthUnreadable):
        months.bounds(written)


@given(st.integers(0, 98 * 365 * 24))
def test_every_instant_lies_in_its_month(hours):
    at = datetime(2001, 1, 2, tzinfo=UTC) + timedelta(hours=hours)
    since, until = months.bounds(months.month_of(at))

    assert since <= at < until


def test_departments_say_what_became_of_what_they_found():
    findings = [
        found(1), found(2, fixed_after=1), found(3, ago=9, days=1, fixed_after=3), found(4, ago=9, days=1),
        found(5, department="greening"),
    ]  # fmt: skip

    fire, greening = rules.by_department(findings, NOW)

    assert (fire.department, fire.found, fire.points, fire.fixed, fire.fixed_in_time, fire.open, fire.overdue) == (
        "fire", 4, 20, 2, 1, 2, 1,
    )  # fmt: skip
    assert (greening.found, greening.overdue) == (1, 0)


@pytest.mark.parametrize(
    ("findings", "percent"),
    [
        ([], None),
        ([found()], None),
        ([found(fixed_after=1)], 100),
        ([found(fixed_after=1), found(2, ago=9)], 50),
        ([found(1, ago=9, fixed_after=1), found(2, ago=9, fixed_after=3), found(3, ago=9)], 33),
    ],
)
def test_the_share_put_right_in_time_counts_what_is_decided(findings, percent):
    assert rules.fixed_in_time_percent(findings, NOW) == percent


def test_what_the_shop_answered_in_time_is_in_time_however_late_somebody_looks_again():
    in_time = NOW - 8 * A_DAY
    waits, passed = found(1, ago=9, answered_at=in_time), found(2, ago=9, fixed_after=6, answered_at=in_time)
    late = found(3, ago=9, answered_at=NOW)

    assert [each.is_overdue(NOW) for each in (waits, passed, late)] == [False, False, True]
    assert rules.fixed_in_time_percent([waits, passed, late], NOW) == 67


def test_the_trend_has_every_month():
    counted = rules.trend([found(ago=1), found(2, ago=40, points=7)], months.earlier("2026-11", 3))

    assert [(each.month, each.found, each.points) for each in counted] == [
        ("2026-09", 0, 0), ("2026-10", 1, 7), ("2026-11", 1, 5),
    ]  # fmt: skip
