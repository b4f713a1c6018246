"""The chart of days: heights say the numbers, and whatever is there can be seen."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.web.views.day_chart import DAYS, HEIGHT, WIDTH, DayCount, chart_of, fortnight_to

FIRST = date(2026, 11, 15)
NUMBERS = st.integers(0, 10**6)


def days_of(*numbers: tuple[int, int]) -> list[DayCount]:
    return [DayCount(FIRST + timedelta(days=at), *pair) for at, pair in enumerate(numbers)]


def test_the_days_end_with_today_in_shanghai() -> None:
    before_midnight = datetime(2026, 11, 28, 15, 59, tzinfo=UTC)

    assert fortnight_to(before_midnight).last == date(2026, 11, 28)
    assert fortnight_to(before_midnight + timedelta(minutes=1)).last == date(2026, 11, 29)
    assert fortnight_to(before_midnight).days == DAYS


def test_twice_as_many_is_twice_as_high_and_nothing_has_no_bar() -> None:
    chart = chart_of(days_of((40, 20), (0, 10)))
    first, second = chart.days

    assert first.reported.high == 2 * first.closed.high == 4 * second.closed.high
    assert second.reported.high == 0
    assert chart.most == 40


def test_one_among_thousands_can_still_be_seen() -> None:
    assert chart_of(days_of((9000, 1))).days[0].closed.high == 2


def test_a_fortnight_of_nothing_is_a_chart_without_bars() -> None:
    assert [day.reported.high for day in chart_of(days_of(*[(0, 0)] * DAYS)).days] == [0] * DAYS
    assert chart_of([]).days == []


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=31))
def test_every_bar_stands_on_the_ground_within_the_picture(numbers: list[tuple[int, int]]) -> None:
    chart = chart_of(days_of(*numbers))

    for day in chart.days:
        for bar in (day.reported, day.closed):
            assert abs(bar.y + bar.high - chart.ground) < 0.2
            assert 0 <= bar.y <= HEIGHT
            assert -chart.bar <= bar.x <= WIDTH
