"""How far an arrival can be trusted: what lowers its grade, when it took place, and how fast nobody travels."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.geo.points import Fix, FixSource, LonLat
from backend.orders.arrivals import grades
from backend.orders.arrivals.errors import CapturedTooEarly, CapturedTooLongAgo
from backend.orders.arrivals.grades import ArrivalDoubt, ArrivalGrade, ArrivalProof, Method, TimedFix, Timing
from backend.orders.model import rules
from backend.web.i18n import catalogue

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
ACCEPTED = NOW - timedelta(hours=3)
DOOR = LonLat(121.5537, 31.1786)
KM_NORTH = 1 / 110.87
"""A kilometre in degrees of latitude at the door."""
ORDER = (ArrivalGrade.WEAK, ArrivalGrade.FAIR, ArrivalGrade.STRONG)
metres = st.floats(0, 5_000, allow_nan=False)


def fix(**said: object) -> Fix:
    return Fix(**{"lng": DOOR.lng, "lat": DOOR.lat, "accuracy_m": 8.0, **said})  # type: ignore[arg-type]


def proof(method: Method = Method.GPS, *, timing: Timing | None = None, **known: object) -> ArrivalProof:
    known = {"fix": fix(), "distance_m": 20.0, "is_fresh": method is Method.CODE, **known}
    return ArrivalProof(method=method, timing=timing or Timing(NOW), **known)  # type: ignore[arg-type]


def sighting(km: float = 0, seconds: float = 0, accuracy_m: float | None = 0.0) -> TimedFix:
    return TimedFix(LonLat(DOOR.lng, DOOR.lat + km * KM_NORTH), accuracy_m, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("method", "doubts", "grade"),
    [
        (Method.CODE, [], ArrivalGrade.STRONG),
        (Method.CODE, [ArrivalDoubt.CODE_NOT_FRESH], ArrivalGrade.FAIR),
        (Method.CODE, [ArrivalDoubt.CODE_ELSEWHERE], ArrivalGrade.WEAK),
        (Method.CODE, [ArrivalDoubt.CODE_NOT_FRESH, ArrivalDoubt.OFFLINE], ArrivalGrade.WEAK),
        (Method.GPS, [], ArrivalGrade.FAIR),
        (Method.GPS, [ArrivalDoubt.MOCK], ArrivalGrade.WEAK),
        (Method.APPEAL, [], ArrivalGrade.APPEALED),
        (Method.APPEAL, [ArrivalDoubt.VAGUE], ArrivalGrade.APPEALED),
    ],
)
def test_a_fresh_code_is_strong_a_position_is_fair_and_a_doubt_makes_either_weak(method, doubts, grade):
    assert grades.grade_of(method, doubts) is grade


@given(
    method=st.sampled_from([Method.GPS, Method.CODE]),
    doubts=st.sets(st.sampled_from(ArrivalDoubt)),
    more=st.sampled_from(ArrivalDoubt),
)
def test_one_more_doubt_never_raises_the_grade(method, doubts, more):
    before, after = grades.grade_of(method, doubts), grades.grade_of(method, {*doubts, more})

    assert ORDER.index(after) <= ORDER.index(before)


@given(nearer=metres, farther=metres, accuracy=st.none() | metres, radius=metres)
def test_who_is_nearer_is_never_refused_where_the_farther_one_passes(nearer, farther, accuracy, radius):
    nearer, farther = sorted((nearer, farther))

    assert rules.is_on_site(nearer, accuracy, radius) >= rules.is_on_site(farther, accuracy, radius)


@given(distance=metres, accuracy=st.floats(100, 1e6, exclude_min=True), radius=metres)
def test_a_fix_worse_than_a_hundred_metres_never_passes_by_itself(distance, accuracy, radius):
    assert not rules.is_on_site(distance, accuracy, radius)


@given(distance=metres, radius=metres)
def test_a_fix_of_unknown_accuracy_must_lie_within_the_radius_itself(distance, radius):
    assert rules.is_on_site(distance, None, radius) is (distance <= radius)


@pytest.mark.parametrize(
    ("said", "doubts"),
    [
        ({}, []),
        ({"is_mock": True}, [ArrivalDoubt.MOCK]),
        ({"is_mock": False}, []),
        ({"accuracy_m": None}, [ArrivalDoubt.VAGUE]),
        ({"accuracy_m": 100.0}, []),
        ({"age_s": 120.0}, []),
        ({"age_s": 120.5}, [ArrivalDoubt.STALE]),
        ({"source": FixSource.MANUAL}, [ArrivalDoubt.BY_HAND]),
        ({"source": FixSource.NETWORK}, []),
        (
            {"is_mock": True, "accuracy_m": None, "age_s": 3600.0},
            [ArrivalDoubt.MOCK, ArrivalDoubt.VAGUE, ArrivalDoubt.STALE],
        ),
    ],
)
def test_what_a_phone_says_of_its_fix_may_speak_against_it(said, doubts):
    assert grades.list_doubts(proof(fix=fix(**said))) == doubts


@pytest.mark.parametrize(
    ("distance_m", "accuracy_m", "doubts"),
    [
        (158.0, 8.0, []),
        (158.5, 8.0, [ArrivalDoubt.CODE_ELSEWHERE]),
        (400.0, 300.0, []),
        (151.0, None, [ArrivalDoubt.CODE_ELSEWHERE]),
    ],
)
def test_a_code_scanned_far_from_its_plate_may_be_a_copy(distance_m, accuracy_m, doubts):
    scanned = proof(Method.CODE, fix=fix(accuracy_m=accuracy_m, age_s=600.0), distance_m=distance_m)

    assert grades.list_doubts(scanned) == doubts


def test_a_code_alone_has_the_one_doubt_that_nobody_saw_it_being_scanned():
    typed = proof(Method.CODE, fix=None, distance_m=None, is_fresh=False)

    assert grades.list_doubts(typed) == [ArrivalDoubt.CODE_NOT_FRESH]


@pytest.mark.parametrize(
    ("km", "seconds", "accuracy_m", "is_impossible"),
    [
        (10, 600, 0.0, False),
        (10, 100, 0.0, True),
        (10, -100, 0.0, True),
        (0.5, 0, 0.0, False),
        (0.6, 0, 0.0, True),
        (0.6, 0, None, False),
        (0.6, 0, 60.0, False),
        (300, 3600, 0.0, True),
        (190, 3600, 0.0, False),
    ],
)
def test_nobody_travels_faster_than_two_hundred_an_hour(km, seconds, accuracy_m, is_impossible):
    here, there = sighting(), sighting(km, seconds, accuracy_m)

    assert grades.is_impossible(here, there) is is_impossible
    assert grades.is_impossible(there, here) is is_impossible


def test_an_old_fix_is_compared_as_of_when_it_was_measured():
    ten_km_on = proof(fix=fix(age_s=100.0), others=[sighting(10, seconds=500)])

    assert grades.list_doubts(ten_km_on) == []
    assert grades.list_doubts(proof(others=[sighting(10, seconds=-100)])) == [ArrivalDoubt.IMPOSSIBLE_SPEED]
    assert grades.list_doubts(proof(fix=fix(age_s=100.0), others=[sighting(10, seconds=-100)])) == [
        ArrivalDoubt.IMPOSSIBLE_SPEED
    ]


@pytest.mark.parametrize(
    ("captured", "arrived", "doubt"),
    [
        (None, NOW, None),
        (NOW - timedelta(minutes=2), NOW, None),
        (NOW + timedelta(minutes=2), NOW, None),
        (NOW - timedelta(minutes=2, seconds=1), NOW - timedelta(minutes=2, seconds=1), ArrivalDoubt.OFFLINE),
        (NOW + timedelta(minutes=2, seconds=1), NOW, ArrivalDoubt.CLOCK_WRONG),
        (NOW + timedelta(days=9000), NOW, ArrivalDoubt.CLOCK_WRONG),
        (ACCEPTED, ACCEPTED, ArrivalDoubt.OFFLINE),
        (ACCEPTED - timedelta(minutes=2), ACCEPTED, ArrivalDoubt.OFFLINE),
    ],
)
def test_an_arrival_counts_from_its_capture_and_never_from_before_the_order_was_accepted(captured, arrived, doubt):
    assert grades.timing_of(captured, ACCEPTED, NOW) == Timing(arrived, doubt)


def test_an_arrival_from_before_the_order_was_accepted_is_refused():
    with pytest.raises(CapturedTooEarly) as refused:
        grades.timing_of(ACCEPTED - timedelta(minutes=2, seconds=1), ACCEPTED, NOW)

    assert refused.value.extra["accepted_at"] == ACCEPTED


def test_an_arrival_is_kept_offline_for_a_day_at_most():
    long_ago = NOW - timedelta(days=3)

    assert grades.timing_of(NOW - timedelta(hours=24), long_ago, NOW).doubt is ArrivalDoubt.OFFLINE
    with pytest.raises(CapturedTooLongAgo):
        grades.timing_of(NOW - timedelta(hours=24, seconds=1), long_ago, NOW)


@given(minutes=st.floats(-3000, 3000), accepted_before=st.floats(0, 3000))
def test_nobody_arrives_in_the_future_or_before_accepting(minutes, accepted_before):
    accepted = NOW - timedelta(minutes=accepted_before)
    try:
        timing = grades.timing_of(NOW + timedelta(minutes=minutes), accepted, NOW)
    except (CapturedTooEarly, CapturedTooLongAgo):
        return

    assert accepted <= timing.at <= NOW


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_every_grade_doubt_and_method_has_a_word(lang):
    wanted = {f"arrival.grade.{grade}" for grade in ArrivalGrade} | {f"arrival.doubt.{doubt}" for doubt in ArrivalDoubt}
    wanted |= {f"arrival.method.{method}" for method in Method} | {f"arrival.source.{source}" for source in FixSource}

    assert wanted - catalogue.catalogue(lang).keys() == set()
