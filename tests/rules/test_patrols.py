"""Patrols without a database: when a day's walk may be walked, and who may know what of it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.structs import Actor, Grant, Role
from backend.calendars.rules import midnight, shanghai_date
from backend.committees.overview.figures import covered
from backend.committees.overview.structs import FigureName
from backend.committees.patrols import rules
from backend.committees.patrols.coverage import PatrolCoverage
from backend.geo.lonlat import LonLat
from backend.places.vicinity import offset_m
from backend.routes.actions.figure_links import list_of
from backend.web.views import patrol_map

COMMITTEE, NEXT_DOOR = "310115105001", "310115105002"
MONDAY = date(2026, 11, 2)
instants = st.integers(0, 6 * 366 * 86_400).map(lambda seconds: midnight(MONDAY) + timedelta(seconds=seconds))


def somebody(role: Role, area: str = COMMITTEE, account_id: int = 7) -> Actor:
    return Actor(account_id=account_id, name="", grants=(Grant(role, area),))


@given(instants)
def test_at_every_instant_the_latest_day_that_is_over_is_over_and_the_next_one_is_not(now):
    over = rules.last_closed_day(now)

    assert rules.closes_at(over) <= now < rules.closes_at(over + timedelta(days=1))


@given(instants)
def test_one_day_may_be_walked_at_any_time_and_two_in_the_early_morning(now):
    today, yesterday = shanghai_date(now), shanghai_date(now) - timedelta(days=1)
    open_days = [day for day in (yesterday, today, today + timedelta(days=1)) if rules.is_open_at(day, now)]

    assert open_days == ([yesterday, today] if now < midnight(today) + timedelta(hours=6) else [today])


def test_a_round_that_begins_in_the_evening_may_end_after_midnight():
    assert rules.is_open_at(MONDAY, midnight(MONDAY) + timedelta(hours=29, minutes=59))
    assert not rules.is_open_at(MONDAY, midnight(MONDAY) + timedelta(hours=30))


def test_committee_volunteer_handler_and_inspector_of_the_area_may_walk_and_nobody_else():
    walkers = {role for role in Role if rules.may_walk(somebody(role), COMMITTEE)}

    assert walkers == {Role.COMMITTEE, Role.VOLUNTEER, Role.HANDLER, Role.INSPECTOR}
    assert not any(rules.may_walk(somebody(role), NEXT_DOOR) for role in Role)


def test_a_volunteer_knows_the_places_only_while_walking():
    noon = midnight(MONDAY) + timedelta(hours=12)
    volunteer = somebody(Role.VOLUNTEER)

    def sees(walker_id, at):
        return rules.sees_stops(volunteer, COMMITTEE, walker_id, MONDAY, at)

    assert sees(7, noon)
    assert not sees(None, noon) and not sees(8, noon)
    assert sees(7, rules.closes_at(MONDAY) + timedelta(hours=23))
    assert not sees(7, rules.closes_at(MONDAY) + timedelta(hours=24))


def test_the_committee_the_inspector_and_the_town_always_know_the_places():
    overseers = {role for role in Role if rules.sees_stops(somebody(role), COMMITTEE, None, MONDAY, midnight(MONDAY))}

    assert overseers == {Role.COMMITTEE, Role.INSPECTOR, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}


@given(st.lists(st.tuples(st.floats(-0.01, 0.01), st.floats(-0.01, 0.01)), min_size=1, max_size=12))
def test_a_drawing_holds_all_its_dots_and_is_neither_too_flat_nor_too_narrow(spots):
    points = [LonLat(121.55 + east, 31.17 + north) for east, north in spots]
    frame = patrol_map.frame_of(points)

    assert frame is not None
    for point in points:
        east, south = offset_m(frame.middle, point)
        assert abs(east) < frame.half_m and abs(south) < frame.half_high_m
    assert 0.59 < frame.half_high_m / frame.half_m < 1.7


def test_a_place_that_was_never_visited_is_older_than_any_other():
    ages = [
        patrol_map.age_of(midnight(MONDAY - timedelta(days=days)) + timedelta(hours=9), MONDAY)
        for days in (0, 7, 8, 30, 31)
    ]

    assert ages == ["fresh", "fresh", "stale", "stale", "old"]
    assert patrol_map.age_of(None, MONDAY) == "never"


def test_a_figure_of_what_was_walked_leads_to_the_page_of_its_area_whoever_may_open_that():
    walked = PatrolCoverage(committee_code=COMMITTEE, tasks=1, stops=3, proved=2, missed=1, places=3, places_proved=2)
    figure = covered([walked], COMMITTEE[:9])[FigureName.COVERAGE]

    assert (figure.value, figure.n) == (2 / 3, 3)
    assert list_of(figure, somebody(Role.STREET_ADMIN, COMMITTEE[:9])) == "/patrols/coverage?area=310115105&days=7"
    assert list_of(figure, somebody(Role.DISPATCHER, COMMITTEE[:9])) is None
