"""What follows from one more thing that a camera saw, and how far it is believed."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.intake.cameras import kinds, rules
from backend.intake.cameras.rules import EventStanding
from backend.intake.cameras.structs import CameraState, Fate, Spot
from backend.items.service import DICTIONARY

NOON = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)
LIFT = kinds.all_kinds()["ebike_in_lift"]
RUBBISH = kinds.all_kinds()["rubbish"]


def stood(minutes: float, **known: object) -> EventStanding:
    return EventStanding(first_at=NOON, last_at=NOON + timedelta(minutes=minutes), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "minutes", "known", "fate", "level"),
    [
        (RUBBISH, 0, {}, "filed", None),
        (LIFT, 0, {}, "notified", 0),
        (LIFT, 1, {"notified_percent": 0}, "notified", None),
        (LIFT, 2.5, {"notified_percent": 0}, "notified", 50),
        (LIFT, 4, {"notified_percent": 50}, "notified", None),
        (LIFT, 5, {"notified_percent": 50}, "filed", None),
        (LIFT, 9, {"fate": Fate.FILED, "notified_percent": 50}, "filed", None),
    ],
)
def test_what_stays_becomes_an_order_and_what_does_not_a_message(kind, minutes, known, fate, level):
    following = rules.next_of(stood(minutes, **known), kind, CameraState.IN_USE, 1.0)

    assert (following.fate, following.level) == (fate, level)


@pytest.mark.parametrize(
    ("state", "weight", "is_over", "fate"),
    [
        (CameraState.UNKNOWN, 1.0, False, "held"),
        (CameraState.OFF, 1.0, False, "held"),
        (CameraState.IN_USE, 0.49, False, "watched"),
        (CameraState.IN_USE, 0.5, False, "filed"),
        (CameraState.IN_USE, 1.0, True, "over"),
    ],
)
def test_nothing_is_filed_of_whom_nobody_knows_or_believes(state, weight, is_over, fate):
    assert rules.next_of(stood(0), RUBBISH, state, weight, is_over=is_over).fate == fate


def test_one_mistake_does_not_silence_a_camera_and_three_do():
    assert rules.weight_of(0, 0) == 1
    assert rules.weight_of(0, 1) >= rules.WEIGHT_MIN > rules.weight_of(0, 3)
    assert rules.weight_of(10, 3) > rules.WEIGHT_MIN


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_weight_lies_between_none_and_all_and_falls_with_each_mistake(right, wrong):
    assert 0 < rules.weight_of(right, wrong + 1) < rules.weight_of(right, wrong) <= 1


@pytest.mark.parametrize(
    ("said", "at"),
    [
        (None, NOON),
        (NOON - timedelta(hours=1), NOON - timedelta(hours=1)),
        (NOON + timedelta(hours=8), NOON),
        (NOON - timedelta(hours=24), NOON - timedelta(hours=24)),
        (NOON - timedelta(hours=25), None),
    ],
)
def test_a_cameras_clock_is_believed_where_it_can_be_right(said, at):
    assert rules.instant_of(said, NOON) == at


@given(st.integers(-500, 500))
def test_what_comes_within_the_window_before_or_after_is_the_same(minutes):
    is_same = rules.is_same(NOON, NOON + timedelta(minutes=30), NOON + timedelta(minutes=minutes), 60)

    assert is_same == (-60 <= minutes <= 90)


@pytest.mark.parametrize(
    ("word", "item", "spot", "kind"),
    [
        ("rubbish", "", Spot.OTHER, "rubbish"),
        ("", "B201", Spot.LIFT, "ebike_in_lift"),
        ("", "B201", Spot.CORRIDOR, "ebike_indoors"),
        ("", "A301", Spot.BINS, "rubbish"),
        ("", "A502", Spot.STREET, "other"),
        ("no-such-word", "", Spot.STREET, "other"),
    ],
)
def test_a_kind_is_found_by_our_word_or_by_item_and_spot(word, item, spot, kind):
    found = kinds.kind_of(word, item, spot)

    assert found.kind == kind
    assert found.item_code or not item


def test_every_kind_names_an_item_of_the_dictionary():
    with DICTIONARY.open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}

    assert {kind.item_code for kind in kinds.all_kinds().values()} <= codes
