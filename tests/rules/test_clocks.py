"""Deadlines on the three clocks, by the calendar of 2026 and beyond, in Shanghai time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.calendars import seeds
from backend.calendars.structs import Day, Mode, Timetable, WeatherLevel, Window
from backend.items.structs import Clock
from backend.orders.deadlines.counting import Counting, counted_until, deadline, elapsed_min
from backend.orders.deadlines.stages import Pause, PauseKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
NATIONAL = Timetable(days={day.on_date: Day(is_workday=day.is_workday, note=day.note) for day in seeds.national_days()})

CASES = [
    # the article: Sunday 18 July 2021, 08:52, fifteen minutes
    ("2021-07-18 08:52", 15, Clock.SERVICE, "2021-07-18 09:07"),
    # the edges of the service window
    ("2026-03-02 21:50", 15, Clock.SERVICE, "2026-03-03 07:05"),
    ("2026-03-02 22:00", 15, Clock.SERVICE, "2026-03-03 07:15"),
    ("2026-03-02 23:30", 15, Clock.SERVICE, "2026-03-03 07:15"),
    ("2026-03-02 00:00", 15, Clock.SERVICE, "2026-03-02 07:15"),
    ("2026-03-02 03:00", 15, Clock.SERVICE, "2026-03-02 07:15"),
    ("2026-03-02 21:45", 15, Clock.SERVICE, "2026-03-02 22:00"),
    ("2026-03-02 07:00", 900, Clock.SERVICE, "2026-03-02 22:00"),
    ("2026-03-02 07:00", 901, Clock.SERVICE, "2026-03-03 07:01"),
    ("2026-10-01 23:50", 15, Clock.SERVICE, "2026-10-02 07:15"),
    # every minute, over midnight and over the year's end
    ("2026-12-31 23:50", 30, Clock.ALWAYS, "2027-01-01 00:20"),
    ("2026-10-01 23:50", 120, Clock.ALWAYS, "2026-10-02 01:50"),
    # a plain weekend
    ("2026-03-06 16:30", 60, Clock.WORK, "2026-03-09 09:30"),
    ("2026-03-07 12:00", 480, Clock.WORK, "2026-03-09 17:00"),
    # National Day 2026: free from 1 to 7 October, worked on Sunday 20 September and Saturday 10 October
    ("2026-09-30 16:00", 120, Clock.WORK, "2026-10-08 10:00"),
    ("2026-10-01 23:50", 60, Clock.WORK, "2026-10-08 10:00"),
    ("2026-10-08 09:00", 1440, Clock.WORK, "2026-10-10 17:00"),
    ("2026-10-09 16:00", 120, Clock.WORK, "2026-10-10 10:00"),
    ("2026-10-10 16:30", 60, Clock.WORK, "2026-10-12 09:30"),
    ("2026-09-18 16:00", 120, Clock.WORK, "2026-09-20 10:00"),
    # Spring Festival 2026: free from 15 to 23 February, worked on Saturdays 14 and 28 February
    ("2026-02-13 16:30", 60, Clock.WORK, "2026-02-14 09:30"),
    ("2026-02-14 16:30", 60, Clock.WORK, "2026-02-24 09:30"),
    ("2026-02-20 12:00", 480, Clock.WORK, "2026-02-24 17:00"),
    ("2026-02-27 16:00", 120, Clock.WORK, "2026-02-28 10:00"),
    # the year's end: 1 to 3 January 2026 free, Sunday the 4th worked
    ("2025-12-31 16:30", 60, Clock.WORK, "2026-01-04 09:30"),
    # a year that nobody has entered: the plain week, and the holidays that the law puts on a date
    ("2026-12-31 16:30", 60, Clock.WORK, "2027-01-04 09:30"),
    ("2027-09-30 16:30", 60, Clock.WORK, "2027-10-04 09:30"),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def pause(start: str, end: str | None) -> Pause:
    return Pause(kind=PauseKind.SUSPENSION, starts_at=at(start), ends_at=at(end) if end else None)


@pytest.mark.parametrize(("start", "minutes", "clock", "end"), CASES)
def test_the_deadline_counts_only_the_minutes_of_its_clock(start, minutes, clock, end):
    assert deadline(at(start), minutes, Counting(clock=clock, timetable=NATIONAL)) == at(end)


def test_the_deadline_comes_back_in_the_zone_it_was_asked_in():
    reached = deadline(datetime(2026, 3, 2, 1, tzinfo=UTC), 15, Counting(clock=Clock.SERVICE))

    assert reached is not None
    assert reached.tzinfo is UTC


def test_an_area_keeps_its_own_hours_with_a_lunch_break():
    hours = [Window(opens_min=8 * 60, closes_min=12 * 60), Window(opens_min=14 * 60, closes_min=18 * 60)]
    by = Counting(clock=Clock.WORK, timetable=Timetable(windows={"work": hours}))

    assert deadline(at("2026-03-02 11:30"), 60, by) == at("2026-03-02 14:30")


def test_a_pause_is_not_counted():
    by = Counting(clock=Clock.SERVICE, pauses=[pause("2026-03-02 09:05", "2026-03-03 09:05")])

    assert deadline(at("2026-03-02 09:00"), 15, by) == at("2026-03-03 09:15")


def test_pauses_that_overlap_are_cut_out_once():
    pauses = [pause("2026-03-02 09:05", "2026-03-02 10:00"), pause("2026-03-02 09:30", "2026-03-02 10:30")]

    assert deadline(at("2026-03-02 09:00"), 15, Counting(clock=Clock.ALWAYS, pauses=pauses)) == at("2026-03-02 10:40")


def test_a_pause_without_an_end_holds_the_deadline_open_unless_it_came_before():
    by = Counting(clock=Clock.SERVICE, pauses=[pause("2026-03-02 09:10", None)])

    assert deadline(at("2026-03-02 09:00"), 15, by) is None
    assert deadline(at("2026-03-02 09:00"), 10, by) == at("2026-03-02 09:10")
    assert elapsed_min(at("2026-03-02 09:00"), at("2026-03-09 09:00"), by) == 10


def test_red_beats_orange_and_a_mode_ends_when_it_says():
    start, end = at("2026-07-01 08:00"), at("2026-07-01 20:00")
    modes = [
        Mode(level=WeatherLevel.ORANGE, starts_at=start),
        Mode(level=WeatherLevel.RED, starts_at=start, ends_at=end),
    ]
    timetable = Timetable(modes=modes)

    assert timetable.mode_at(at("2026-07-01 12:00")).level is WeatherLevel.RED
    assert timetable.mode_at(end).level is WeatherLevel.ORANGE
    assert timetable.mode_at(at("2026-07-01 07:59")) is None


def instants(first: str, last: str) -> st.SearchStrategy[datetime]:
    naive = datetime.fromisoformat
    return st.datetimes(naive(first), naive(last), timezones=st.just(SHANGHAI))


INSTANTS = instants("2024-01-01", "2030-01-01")
CLOCKS = st.sampled_from(Clock)
PAUSES = st.lists(
    st.builds(
        lambda start, minutes: Pause(
            kind=PauseKind.SUSPENSION, starts_at=start, ends_at=start + timedelta(minutes=minutes)
        ),
        instants("2026-01-01", "2026-03-01"),
        st.integers(1, 30_000),
    ),
    max_size=4,
)


@given(INSTANTS, st.integers(1, 20_000), CLOCKS)
def test_more_minutes_never_end_earlier_and_no_clock_runs_faster_than_time(start, minutes, clock):
    by = Counting(clock=clock, timetable=NATIONAL)
    reached = deadline(start, minutes, by)

    assert reached is not None
    assert reached <= deadline(start, minutes + 1, by)
    assert (reached - start).total_seconds() >= minutes * 60


@given(INSTANTS, st.integers(0, 20_000), st.integers(1, 3000), CLOCKS)
def test_whoever_starts_later_is_never_due_earlier(start, later_min, minutes, clock):
    by = Counting(clock=clock, timetable=NATIONAL)

    assert deadline(start, minutes, by) <= deadline(start + timedelta(minutes=later_min), minutes, by)


@given(st.integers(0, 60 * 24 * 50), st.integers(1, 5000), CLOCKS, PAUSES)
def test_what_is_elapsed_at_the_deadline_is_the_limit(offset_min, minutes, clock, pauses):
    start = at("2026-01-01 00:00") + timedelta(minutes=offset_min)
    by = Counting(clock=clock, timetable=NATIONAL, pauses=pauses)
    reached = deadline(start, minutes, by)

    assert reached is not None
    assert elapsed_min(start, reached, by) == pytest.approx(minutes)


@given(st.integers(0, 60 * 24 * 50), st.integers(1, 5000), CLOCKS, PAUSES)
def test_a_pause_never_brings_a_deadline_nearer(offset_min, minutes, clock, pauses):
    start = at("2026-01-01 00:00") + timedelta(minutes=offset_min)
    free = Counting(clock=clock, timetable=NATIONAL)
    held = Counting(clock=clock, timetable=NATIONAL, pauses=pauses)

    assert deadline(start, minutes, held) >= deadline(start, minutes, free)


@given(st.integers(0, 60 * 24 * 50), st.integers(1, 20_000), CLOCKS, PAUSES)
def test_counted_stretches_go_forward_and_never_touch_a_pause(offset_min, length_min, clock, pauses):
    start = at("2026-01-01 00:00") + timedelta(minutes=offset_min)
    by = Counting(clock=clock, timetable=NATIONAL, pauses=pauses)
    spans = list(counted_until(start, start + timedelta(minutes=length_min), by))

    assert all(span.start < span.end for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert not any(span.start < one.ends_at and one.starts_at < span.end for span in spans for one in pauses)
