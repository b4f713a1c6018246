"""Deadlines on the three clocks, in Shanghai time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.items.structs import Clock
from backend.orders.sla import deadline

SHANGHAI = ZoneInfo("Asia/Shanghai")

CASES = [
    # the article: Sunday 18 July 2021, 08:52, fifteen minutes
    ("2021-07-18 08:52", 15, Clock.SERVICE, "2021-07-18 09:07"),
    ("2026-03-02 21:50", 15, Clock.SERVICE, "2026-03-03 07:05"),
    ("2026-03-02 22:00", 15, Clock.SERVICE, "2026-03-03 07:15"),
    ("2026-03-02 23:30", 15, Clock.SERVICE, "2026-03-03 07:15"),
    ("2026-03-02 03:00", 15, Clock.SERVICE, "2026-03-02 07:15"),
    ("2026-03-02 21:45", 15, Clock.SERVICE, "2026-03-02 22:00"),
    ("2026-03-02 07:00", 900, Clock.SERVICE, "2026-03-02 22:00"),
    ("2026-03-02 07:00", 901, Clock.SERVICE, "2026-03-03 07:01"),
    ("2026-12-31 23:50", 30, Clock.ALWAYS, "2027-01-01 00:20"),
    ("2026-03-06 16:30", 60, Clock.WORK, "2026-03-09 09:30"),
    ("2026-03-07 12:00", 480, Clock.WORK, "2026-03-09 17:00"),
]


@pytest.mark.parametrize(("start", "minutes", "clock", "end"), CASES)
def test_the_deadline_counts_only_the_minutes_of_its_clock(start, minutes, clock, end):
    reached = deadline(datetime.fromisoformat(start).replace(tzinfo=SHANGHAI), minutes, clock)

    assert reached == datetime.fromisoformat(end).replace(tzinfo=SHANGHAI)


def test_the_deadline_comes_back_in_the_zone_it_was_asked_in():
    assert deadline(datetime(2026, 3, 2, 1, tzinfo=UTC), 15, Clock.SERVICE).tzinfo is UTC


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(SHANGHAI)),
    st.integers(1, 20_000),
    st.sampled_from(Clock),
)
def test_more_minutes_never_end_earlier_and_no_clock_runs_faster_than_time(start, minutes, clock):
    reached = deadline(start, minutes, clock)

    assert reached <= deadline(start, minutes + 1, clock)
    assert (reached - start).total_seconds() >= minutes * 60
