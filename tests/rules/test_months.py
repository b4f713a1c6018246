"""A place's classes over the months: six columns, one for all before, the most frequent class first."""

from datetime import date, datetime

import pytest

from backend.orders.reads.place_orders import MonthCount
from backend.web.views.months import month_before, months_until, rows_of
from backend.web.views.times import CHINA


@pytest.mark.parametrize(
    ("now", "first", "before"),
    [
        (datetime(2026, 11, 25, tzinfo=CHINA), date(2026, 6, 1), date(2026, 5, 1)),
        (datetime(2026, 6, 1, tzinfo=CHINA), date(2026, 1, 1), date(2025, 12, 1)),
        (datetime(2026, 1, 31, tzinfo=CHINA), date(2025, 8, 1), date(2025, 7, 1)),
    ],
)
def test_the_last_six_months_end_with_the_present_one(now: datetime, first: date, before: date) -> None:
    months = months_until(now)

    assert (len(months), months[0], months[-1]) == (6, first, now.date().replace(day=1))
    assert month_before(months) == before


def test_a_month_begins_at_midnight_in_shanghai() -> None:
    assert months_until(datetime.fromisoformat("2026-10-31T16:00:00+00:00"))[-1] == date(2026, 11, 1)


def test_what_was_before_stands_in_one_column_and_the_most_frequent_class_first() -> None:
    months = months_until(datetime(2026, 11, 25, tzinfo=CHINA))
    counts = [_count("A3", date(2026, 11, 1), 1), _count("A1", date(2026, 5, 1), 4), _count("A1", date(2026, 10, 1), 2)]

    rows = rows_of(counts, months)

    assert [(row.class_code, row.before, row.counts, row.total) for row in rows] == [
        ("A1", 4, [0, 0, 0, 0, 2, 0], 6),
        ("A3", 0, [0, 0, 0, 0, 0, 1], 1),
    ]


def _count(code: str, month: date, total: int) -> MonthCount:
    return MonthCount(class_code=code, name_zh=code, name_en=code, month=month, total=total)
