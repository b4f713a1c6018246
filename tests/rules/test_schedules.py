"""Schedules of tasks: what may be said, and the days that follow."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.calendars.errors import ScheduleInvalid, ScheduleTooFrequent
from backend.calendars.rrules import canonical, parts_of
from backend.calendars.schedules import days_between, falls_on

MONDAY = date(2026, 11, 2)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@pytest.mark.parametrize(
    ("said", "one_form"),
    [
        ("rrule:freq=weekly; byday=TH,MO", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("FREQ=DAILY;BYMONTH=9,6,7,8", "FREQ=DAILY;BYMONTH=6,7,8,9"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=+2TU", "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=DAILY;UNTIL=20261130", "FREQ=DAILY;UNTIL=20261130"),
        ("FREQ=DAILY;UNTIL=20261130T235959", "FREQ=DAILY;UNTIL=20261130"),
        ("FREQ=DAILY;UNTIL=20261130T160000Z", "FREQ=DAILY;UNTIL=20261201"),
    ],
)
def test_a_schedule_is_written_in_one_form(said, one_form):
    assert canonical(said, MONDAY) == one_form
    assert canonical(one_form, MONDAY) == one_form


@pytest.mark.parametrize(
    ("said", "per_year"),
    [
        ("FREQ=HOURLY", 8784),
        ("FREQ=MINUTELY;INTERVAL=15", 35136),
        ("FREQ=DAILY;BYHOUR=8,18", 732),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE;BYHOUR=8,12,18", 468),
    ],
)
def test_what_yields_more_than_the_yearly_bound_is_refused(said, per_year):
    with pytest.raises(ScheduleTooFrequent) as refused:
        canonical(said, MONDAY)

    assert refused.value.extra == {"per_year": per_year, "bound": 400}
    assert refused.value.status == 422


@pytest.mark.parametrize(
    "said",
    [
        *("", "每天", "FREQ=", "INTERVAL=2", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;COUNT=3;UNTIL=20261130"),
        *("DTSTART:20261101T090000\nRRULE:FREQ=DAILY", "FREQ=DAILY;BYSETPOS=1", "FREQ=YEARLY;BYEASTER=0"),
        *("FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=367", "FREQ=WEEKLY;INTERVAL=53", "FREQ=YEARLY;INTERVAL=3000"),
        *("FREQ=DAILY;COUNT=0", "FREQ=DAILY;UNTIL=2026113", "FREQ=DAILY;UNTIL=20261131", "FREQ=WEEKLY;BYDAY=2MO"),
        *("FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYHOUR=8", "FREQ=HOURLY;INTERVAL=48", "FREQ=MONTHLY;BYDAY=5MO"),
    ],
)
def test_what_is_no_schedule_by_days_is_refused_in_words(said):
    with pytest.raises(ScheduleInvalid):
        canonical(said, MONDAY)


@pytest.mark.parametrize(
    "never",
    [
        *("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTHDAY=31", "FREQ=DAILY;INTERVAL=7;BYDAY=TU"),
        *("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31", "FREQ=DAILY;UNTIL=20261101"),
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
    ],
)
def test_what_may_match_no_day_is_refused_before_anybody_walks_to_the_year_9999(never):
    with pytest.raises(ScheduleInvalid):
        canonical(never, MONDAY)


def test_the_last_day_counts_and_days_before_the_first_do_not():
    rrule = canonical("FREQ=DAILY;UNTIL=20261105", MONDAY)

    assert days_between(rrule, MONDAY, date(2026, 10, 1), date(2026, 12, 31)) == [
        MONDAY + timedelta(days=number) for number in range(4)
    ]


def test_a_beginning_that_the_rule_does_not_match_is_no_day_of_it():
    rrule = canonical("FREQ=WEEKLY;BYDAY=TH", MONDAY)

    assert not falls_on(rrule, MONDAY, MONDAY)
    assert falls_on(rrule, MONDAY, MONDAY + timedelta(days=3))


RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 366)),
    st.builds(
        lambda every, days: f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(days)}",
        st.integers(1, 52),
        st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    ),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(1, 28)),
    st.builds(
        "FREQ=MONTHLY;INTERVAL={};BYDAY={}{}".format, st.integers(1, 12), st.integers(1, 4), st.sampled_from(WEEKDAYS)
    ),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from((-1, 29, 30, 31))),
    st.builds("FREQ=YEARLY;INTERVAL={};BYMONTH={};BYMONTHDAY=1".format, st.just(1), st.integers(1, 12)),
    st.builds("FREQ=DAILY;BYMONTH={}".format, st.integers(1, 12)),
)
BEGINNINGS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def _matches(rrule: str, starts_on: date, day: date) -> bool:
    """The same question, answered from the day alone."""
    parts = parts_of(rrule)
    every, since = int(parts.get("INTERVAL", "1")), day - starts_on
    monday = starts_on - timedelta(days=starts_on.weekday())
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    is_due = {
        "DAILY": since.days % every == 0,
        "WEEKLY": (day - monday).days // 7 % every == 0,
        "MONTHLY": months % every == 0,
        "YEARLY": (day.year - starts_on.year) % every == 0,
    }[parts["FREQ"]]
    said = parts.get("BYDAY", "")
    weekdays = {each[-2:] for each in said.split(",")}
    nth = int(said[:-2]) if said[:-2].isdecimal() else None
    return (
        is_due
        and (not said or WEEKDAYS[day.weekday()] in weekdays)
        and (nth is None or (day.day - 1) // 7 + 1 == nth)
        and ("BYMONTH" not in parts or str(day.month) in parts["BYMONTH"].split(","))
        and ("BYMONTHDAY" not in parts or int(parts["BYMONTHDAY"]) in (day.day, day.day - last.day - 1))
    )


@settings(max_examples=60, deadline=None)
@given(RULES, BEGINNINGS, st.integers(0, 800))
def test_each_day_is_in_the_schedule_exactly_when_the_calendar_says_so(said, starts_on, later):
    rrule, first = canonical(said, starts_on), starts_on + timedelta(days=later)
    found = days_between(rrule, starts_on, first - timedelta(days=40), first + timedelta(days=40))
    span = [first + timedelta(days=number) for number in range(-40, 41)]

    assert found == [day for day in span if day >= starts_on and _matches(rrule, starts_on, day)]


@settings(max_examples=40, deadline=None)
@given(RULES, BEGINNINGS)
def test_every_schedule_has_a_day_within_some_years_and_no_more_than_one_a_day(said, starts_on):
    rrule = canonical(said, starts_on)

    assert days_between(rrule, starts_on, starts_on, starts_on + timedelta(days=6 * 366))
    assert len(days_between(rrule, starts_on, starts_on, starts_on + timedelta(days=365))) <= 400
