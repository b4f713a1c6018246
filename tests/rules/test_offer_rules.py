"""Who may take an offer, and what giving back and not coming cost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grab_orders.names import masked
from grab_orders.offers import rules
from grab_orders.offers.rules import Offered, Taker
from grab_orders.offers.structs import Barrier, OfferState

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE, ELSEWHERE = "310115105001", "310115105002"
OFFER = Offered(state=OfferState.OPEN, area_code=HERE, needed=1, taken=0, closes_at=NOW + MINUTE)
ANNA = Taker(account_id=7, areas=(HERE,), is_volunteer=True, is_on_call=True)


def test_whoever_serves_there_and_is_on_call_may_take_it():
    assert rules.barriers(ANNA, OFFER, NOW) == []


@pytest.mark.parametrize(
    ("person", "offer", "barrier"),
    [
        ({}, {"state": OfferState.HELD, "taken": 1}, Barrier.TAKEN),
        ({}, {"state": OfferState.ENDED}, Barrier.WITHDRAWN),
        ({}, {"closes_at": NOW}, Barrier.WINDOW_OVER),
        ({}, {"was_given_back": True}, Barrier.GAVE_BACK_BEFORE),
        ({"is_on_call": False}, {}, Barrier.NOT_ON_CALL),
        ({"areas": (ELSEWHERE,)}, {}, Barrier.TOO_FAR),
        ({"areas": (ELSEWHERE,)}, {"distance_m": rules.REACH_M + 1}, Barrier.TOO_FAR),
        ({"areas": (ELSEWHERE,), "is_volunteer": False}, {"distance_m": 10.0}, Barrier.TOO_FAR),
        ({}, {"reporter_ids": frozenset({7})}, Barrier.OWN_REPORT),
        ({"is_minor": True}, {"is_adults_only": True}, Barrier.ADULTS_ONLY),
        ({"skills": frozenset({"swim"})}, {"skill": "electric"}, Barrier.SKILL_MISSING),
        ({"cools_until": NOW + MINUTE}, {}, Barrier.COOLING_DOWN),
        ({"open_orders": 3}, {}, Barrier.LIMIT_REACHED),
    ],
)
def test_each_barrier_alone_keeps_somebody_from_it(person, offer, barrier):
    assert rules.barriers(replace(ANNA, **person), replace(OFFER, **offer), NOW) == [barrier]


@pytest.mark.parametrize(
    ("person", "offer"),
    [
        ({"areas": (ELSEWHERE,)}, {"distance_m": rules.REACH_M}),
        ({"areas": ("310115105",), "is_volunteer": False}, {}),
        ({"is_minor": True}, {}),
        ({"skills": frozenset({"electric"})}, {"skill": "electric"}),
        ({"cools_until": NOW}, {}),
        ({"open_orders": 2}, {}),
        ({}, {"needed": 2, "taken": 1}),
    ],
)
def test_what_is_no_barrier(person, offer):
    assert rules.barriers(replace(ANNA, **person), replace(OFFER, **offer), NOW) == []


@given(
    taker=st.builds(
        Taker,
        account_id=st.integers(1, 5),
        areas=st.sampled_from([(HERE,), (ELSEWHERE,), ("310115105",), ()]),
        is_volunteer=st.booleans(),
        is_on_call=st.booleans(),
        is_minor=st.booleans(),
        skills=st.sets(st.sampled_from(["swim", "electric"])).map(frozenset),
        open_orders=st.integers(0, 5),
        cools_until=st.sampled_from([None, NOW - MINUTE, NOW + MINUTE]),
    ),
    offer=st.builds(
        Offered,
        state=st.sampled_from(OfferState),
        area_code=st.sampled_from([HERE, ELSEWHERE]),
        needed=st.integers(1, 3),
        taken=st.integers(0, 3),
        closes_at=st.sampled_from([NOW - MINUTE, NOW + MINUTE]),
        reporter_ids=st.sets(st.integers(1, 5)).map(frozenset),
        skill=st.sampled_from(["", "electric"]),
        is_adults_only=st.booleans(),
        distance_m=st.sampled_from([None, 100.0, 5000.0]),
        was_given_back=st.booleans(),
    ),
)
def test_more_of_anything_good_never_bars_and_reasons_are_told_once(taker, offer):
    found = rules.barriers(taker, offer, NOW)
    better = replace(taker, is_on_call=True, is_minor=False, open_orders=0, cools_until=None)

    assert len(found) == len(set(found))
    assert set(rules.barriers(better, offer, NOW)) <= set(found)
    assert (rules.gone(offer, NOW) is not None) == any(each in found[:1] for each in _OF_OFFERS)


_OF_OFFERS = (Barrier.TAKEN, Barrier.WITHDRAWN, Barrier.WINDOW_OVER)


@given(
    priority=st.sampled_from(["P1", "P2", "P3", "P4"]),
    arrive_min=st.none() | st.integers(-60, 600),
    resolve_min=st.integers(-60, 2000),
)
def test_a_lease_leaves_time_to_walk_and_ends_within_half_an_hour(priority, arrive_min, resolve_min):
    arrive_by = None if arrive_min is None else NOW + arrive_min * MINUTE
    until = rules.lease_until(NOW, priority, arrive_by, NOW + resolve_min * MINUTE)

    assert NOW + rules.LEASE_LEAST <= until <= NOW + (10 if priority == "P1" else 30) * MINUTE


def test_a_lease_ends_with_the_limit_to_arrive():
    assert rules.lease_until(NOW, "P3", NOW + 20 * MINUTE, NOW + timedelta(hours=3)) == NOW + 20 * MINUTE


def test_giving_back_costs_more_each_time_and_not_coming_more_than_that():
    assert [rules.cools_after_give_back(times) for times in (1, 2, 3, 9)] == [
        timedelta(0),
        15 * MINUTE,
        timedelta(hours=12),
        timedelta(hours=12),
    ]
    assert [rules.cools_after_no_show(times) for times in (1, 2, 3, 9)] == [
        timedelta(hours=hours) for hours in (1, 24, 72, 72)
    ]


def test_no_shows_of_long_ago_count_no_more():
    assert rules.no_shows_now(0, None, NOW) == 1
    assert rules.no_shows_now(2, NOW - timedelta(days=30), NOW) == 3
    assert rules.no_shows_now(2, NOW - timedelta(days=31), NOW) == 1


def test_what_came_back_once_is_offered_again_and_then_no_more():
    assert [rules.may_offer_again(this, 5) for this in (5, 6, 7)] == [True, False, False]


@pytest.mark.parametrize(("name", "shown"), [("王小明", "王**"), ("欧阳", "欧**"), (" Li Na", "L**"), ("", "**")])
def test_a_name_is_masked_whatever_its_length(name, shown):
    assert masked(name) == shown
