"""Who gets an order, as a pure rule: named before on duty, the beat's team first, then nearer, less laden, longer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.duty.rules import CENTRE, FRESH_FOR, LOAD_SEEN, USABLE_ACCURACY_M, choose, fall_back, metres_away, rank
from backend.duty.structs import Availability, NamedPerson, OnDuty, Post, Reserve, Strength
from backend.geo.lonlat import LonLat

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
HERE = LonLat(121.5537, 31.1786)
POST = Post(item_code="A101", area_code="310115105001", grid_code="310115105001001", point=HERE)
TOWN, COMMITTEE = "310115105", "310115105001"
UNIT = 7


def person(account_id, *, metres=None, age_min=0.0, accuracy_m=10.0, load=0, hours=1, team_id=None, area=TOWN):
    """`metres` north of the post."""
    return OnDuty(
        account_id=account_id,
        since=NOW - timedelta(hours=hours),
        area_code=area,
        load=load,
        team_id=team_id,
        point=None if metres is None else LonLat(HERE.lng, HERE.lat + metres / 110_900),
        accuracy_m=accuracy_m,
        fix_at=None if metres is None else NOW - timedelta(minutes=age_min),
    )


FIRST_AND_SECOND = {
    "the beat's team before somebody nearer": (person(1, team_id=3, metres=900), person(2, metres=20)),
    "a narrower shift before somebody nearer": (person(1, area=COMMITTEE, metres=900), person(2, metres=20)),
    "the beat before a narrower shift": (person(1, team_id=3), person(2, area=COMMITTEE)),
    "the nearer": (person(1, metres=250), person(2, metres=650)),
    "a position before none": (person(1, metres=5_000, load=9), person(2)),
    "a fresh position before a stale one": (person(1, metres=900), person(2, metres=20, age_min=16)),
    "an exact position before a vague one": (person(1, metres=900), person(2, metres=20, accuracy_m=501)),
    "the less laden of two who are about as near": (person(1, metres=90, load=1), person(2, metres=20, load=2)),
    "the less laden where nobody is seen": (person(1, load=1, hours=1), person(2, load=2, hours=8)),
    "the longer on duty of two who are alike": (person(1, hours=8), person(2, hours=1)),
    "in the end the older account": (person(1), person(2)),
}


@pytest.mark.parametrize(("first", "second"), FIRST_AND_SECOND.values(), ids=FIRST_AND_SECOND.keys())
def test_of_two_on_duty_the_first_is(first, second):
    assert rank([second, first], POST, NOW) == [first, second]


def test_a_position_is_fresh_for_a_quarter_of_an_hour_to_the_instant():
    still, stale = person(1, metres=20, age_min=15), person(2, metres=20, age_min=15.01)

    assert metres_away(still, POST, NOW) == pytest.approx(20, abs=1)
    assert metres_away(stale, POST, NOW) is None
    assert timedelta(minutes=15) == FRESH_FOR


def test_without_a_point_nobody_is_near():
    nowhere = Post(item_code="A101", area_code=COMMITTEE, grid_code="", point=None)

    assert metres_away(person(1, metres=5), nowhere, NOW) is None


def test_somebody_with_two_shifts_stands_in_line_once_and_at_the_better_place():
    wide, narrow = person(1), person(1, area=COMMITTEE)

    assert rank([wide, person(2, hours=9), narrow], POST, NOW) == [narrow, person(2, hours=9)]


def test_the_named_person_gets_it_whoever_is_on_duty():
    standing = Availability(unit_id=UNIT, named=NamedPerson(id=5, account_id=9), on_duty=[person(1, team_id=3)])

    found = choose(standing, POST, NOW)

    assert found is not None
    assert (found.strength, found.unit_id, found.handler_id, found.named_id) == (Strength.NAMED, UNIT, 9, 5)


def test_a_supervisor_makes_a_named_duty_a_watched_one():
    found = choose(Availability(unit_id=UNIT, named=NamedPerson(id=5, account_id=9, supervisor_id=2)), POST, NOW)

    assert found is not None
    assert (found.strength, found.supervisor_id) == (Strength.WATCHED, 2)


def test_nobody_named_and_nobody_on_duty_is_no_choice_yet():
    assert choose(Availability(unit_id=UNIT), POST, NOW) is None


@pytest.mark.parametrize(
    ("keeps_roster", "has_handlers", "is_unit_given", "expected"),
    [
        (False, True, False, Strength.POOL),
        (True, True, False, Strength.CENTRE),
        (False, False, False, Strength.CENTRE),
        (True, True, True, Strength.POOL),
        (True, False, True, Strength.CENTRE),
    ],
)
def test_with_nobody_on_duty_the_pool_stands_for_a_unit_without_a_roster(
    keeps_roster, has_handlers, is_unit_given, expected
):
    reserve = Reserve(keeps_roster=keeps_roster, has_handlers=has_handlers)

    assert fall_back(UNIT, reserve, POST, NOW, is_unit_given=is_unit_given).strength is expected


def test_whoever_begins_with_the_clock_comes_before_the_centre():
    reserve = Reserve(keeps_roster=True, has_handlers=True, on_duty=[person(4)])

    assert fall_back(UNIT, reserve, POST, NOW).handler_id == 4


def test_the_centre_is_a_unit_and_a_person_of_nobody():
    assert (CENTRE.unit_id, CENTRE.handler_id, CENTRE.is_owned) == (None, None, False)


people = st.lists(
    st.builds(
        person,
        st.integers(1, 12),
        metres=st.none() | st.floats(0, 5_000),
        age_min=st.floats(0, 40),
        accuracy_m=st.floats(0, 2 * USABLE_ACCURACY_M),
        load=st.integers(0, LOAD_SEEN),
        hours=st.integers(0, 12),
        team_id=st.none() | st.integers(1, 3),
        area=st.sampled_from([TOWN, COMMITTEE]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(people, st.randoms(use_true_random=False))
def test_the_ranking_does_not_depend_on_the_order_in_which_people_are_found(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)

    ranked = [one.account_id for one in rank(found, POST, NOW)]

    assert ranked == [one.account_id for one in rank(shuffled, POST, NOW)]
    assert sorted(ranked) == sorted({one.account_id for one in found})


@settings(deadline=None)
@given(people)
def test_nobody_of_the_beat_waits_behind_somebody_who_is_not(found):
    of_the_beat = [one.team_id is not None for one in rank(found, POST, NOW)]

    assert of_the_beat == sorted(of_the_beat, reverse=True)
