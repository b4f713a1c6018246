"""What a position says of a plate, and the token that proves a moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr import presence, rules
from qr.rules import ScanGrade

KEY = presence.presence_key("a secret of the town")
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
CODE = "0SKCCTJTRQVT"


@pytest.mark.parametrize(
    ("distance_m", "accuracy_m", "expected"),
    [
        (None, None, ScanGrade.NONE),
        (0, 5, ScanGrade.NEAR),
        (50, None, ScanGrade.NEAR),
        (80, 35, ScanGrade.NEAR),
        (100, 10, ScanGrade.NONE),
        (150, 0, ScanGrade.NONE),
        (151, 0, ScanGrade.FAR),
        (200, 60, ScanGrade.NONE),
        (4000, 60, ScanGrade.FAR),
        (4000, 500, ScanGrade.NONE),
    ],
)
def test_a_position_is_near_far_or_says_nothing(
    distance_m: float | None, accuracy_m: float | None, expected: ScanGrade
) -> None:
    assert rules.grade(distance_m, accuracy_m) is expected


def test_three_far_scans_by_two_people_at_one_distance_suggest_a_copy() -> None:
    assert rules.is_copy_suspected([5000, 5100, 5050], scanners=2)


def test_one_person_with_a_photo_at_home_suggests_nothing() -> None:
    assert not rules.is_copy_suspected([5000] * 20, scanners=1)


def test_far_scans_from_everywhere_suggest_nothing() -> None:
    assert not rules.is_copy_suspected([200, 2000, 9000, 40_000], scanners=4)


def test_a_token_tells_when_its_page_was_opened() -> None:
    token = presence.issue(KEY, CODE, NOON)

    assert presence.opened_at(KEY, CODE, token, NOON + timedelta(minutes=14)) == NOON


def test_a_token_is_worth_nothing_for_another_code_later_or_before() -> None:
    token = presence.issue(KEY, CODE, NOON)

    assert presence.opened_at(KEY, "11TRNX2MRZV4", token, NOON) is None
    assert presence.opened_at(KEY, CODE, token, NOON + timedelta(minutes=16)) is None
    assert presence.opened_at(KEY, CODE, token, NOON - timedelta(minutes=2)) is None
    assert presence.opened_at(presence.presence_key("another"), CODE, token, NOON) is None


@given(st.text(max_size=40))
def test_an_invented_token_is_worth_nothing(token: str) -> None:
    assert presence.opened_at(KEY, CODE, token, NOON) is None
