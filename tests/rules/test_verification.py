"""Who looks at a fix; and a sample that is fair, the same whenever it is drawn, and nobody's to foresee."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import config, runtimes
from backend.config import SettingMissing
from backend.orders.model.checks import Check
from backend.orders.verifying.checks import EVERYTHING, Comparison, CompletedWork, Sampling, check_of
from backend.orders.verifying.proof import PhotoDoubt, PhotoProof, PhotoVerdict

NOTHING = Sampling(0, b"key")
SOUND = PhotoProof(photo_id=UUID(int=1), verdict=PhotoVerdict.SOUND)


def fix(**changes: object) -> CompletedWork:
    """An easy order at its first finish, whose handler was there."""
    easy = {
        "order_id": 7,
        "verify_mode": "photo_auto",
        "rework_count": 0,
        "reopen_count": 0,
        "is_arrival_proved": True,
        "has_open_sub_orders": False,
        "has_merchant": True,
    }
    return CompletedWork(**(easy | changes))  # type: ignore[arg-type]


def doubtful(*doubts: PhotoDoubt) -> PhotoProof:
    return PhotoProof(photo_id=UUID(int=2), verdict=PhotoVerdict.DOUBTFUL, doubts=list(doubts))


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({}, "house"),
        ({"verify_mode": "inspector_check"}, "verifier"),
        ({"verify_mode": "two_person_check"}, "two_persons"),
        ({"verify_mode": "merchant_confirm"}, "merchant"),
        ({"verify_mode": "merchant_confirm", "has_merchant": False}, "verifier"),
        ({"verify_mode": "merchant_confirm", "rework_count": 1}, "merchant"),
        ({"verify_mode": "merchant_confirm", "rework_count": 2}, "verifier"),
        ({"rework_count": 1}, "verifier"),
        ({"reopen_count": 1}, "verifier"),
        ({"is_arrival_proved": False}, "verifier"),
        ({"has_open_sub_orders": True}, "verifier"),
    ],
)
def test_who_looks_at_a_fix_when_nothing_is_drawn(changes, check):
    assert check_of(fix(**changes), [SOUND], NOTHING) == check


@pytest.mark.parametrize(
    ("proofs", "check"),
    [
        ([SOUND, doubtful(PhotoDoubt.TIME_UNKNOWN, PhotoDoubt.PLACE_UNKNOWN)], "house"),
        ([], "verifier"),
        *(([SOUND, doubtful(doubt)], "verifier") for doubt in PhotoDoubt if not doubt.endswith("_unknown")),
    ],
)
def test_the_house_passes_what_says_nothing_wrong_and_nothing_that_does(proofs, check):
    assert check_of(fix(), proofs, NOTHING) == check


def test_everything_is_looked_at_unless_a_town_says_otherwise():
    assert check_of(fix(), [SOUND], EVERYTHING) is Check.SAMPLE
    assert config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo"}).sample_percent == 100


@given(order_id=st.integers(1, 2**62), round_nr=st.integers(0, 20), percent=st.integers(0, 100))
def test_a_draw_is_the_same_whenever_it_is_asked(order_id, round_nr, percent):
    sampling = Sampling(percent, b"key")

    assert sampling.is_drawn(order_id, round_nr) == sampling.is_drawn(order_id, round_nr)
    assert not Sampling(0, b"key").is_drawn(order_id, round_nr)
    assert Sampling(100, b"key").is_drawn(order_id, round_nr)


def test_the_share_that_is_drawn_is_the_one_that_was_set():
    drawn = sum(Sampling(20, b"key").is_drawn(order_id, 0) for order_id in range(20_000))

    assert 3_700 < drawn < 4_300  # five standard deviations


def test_another_secret_draws_other_orders():
    draws = [[Sampling(50, key).is_drawn(order_id, 0) for order_id in range(200)] for key in (b"one", b"two")]

    assert draws[0] != draws[1]


def test_the_key_of_the_draw_comes_from_the_town_s_secret():
    named = {"DATABASE_URL": "-", "YIMA_MODE": "demo", "YIMA_SAMPLE_PERCENT": "5"}
    one, other = [
        runtimes.sampling(
            config.from_environment(named | {"YIMA_SECRET": f"{each} secret of more than thirty letters"})
        )
        for each in "ab"
    ]

    assert one.percent == 5
    assert one.key != other.key


@pytest.mark.parametrize("percent", ["101", "-1", "ten", "", "1.5"])
def test_a_share_that_is_none_stops_the_start(percent):
    with pytest.raises(SettingMissing, match="YIMA_SAMPLE_PERCENT"):
        config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo", "YIMA_SAMPLE_PERCENT": percent})


def compared(**changes: object) -> Comparison:
    """The town lets the comparison pass a fix, and it is gone."""
    usual = {"is_gone": True, "reason": "weighed", "score": 0.99, "model": "1", "is_reported": True, "is_passing": True}
    return Comparison(**(usual | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "comparison", "check"),
    [
        ({}, {}, "comparison"),
        ({"is_arrival_proved": False}, {}, "comparison"),
        ({"is_arrival_proved": False}, {"is_reported": False}, "verifier"),
        ({}, {"is_reported": False}, "comparison"),
        ({}, {"is_gone": False}, "verifier"),
        ({}, {"is_gone": False, "reason": "not_compared"}, "verifier"),
        ({"rework_count": 1}, {}, "verifier"),
        ({"verify_mode": "inspector_check"}, {}, "verifier"),
        ({"has_source": True}, {}, "source"),
        ({}, {"is_passing": False, "is_gone": False}, "house"),
        ({}, {"is_passing": False, "is_gone": False, "reason": "unchanged"}, "verifier"),
        ({"is_arrival_proved": False}, {"is_passing": False}, "verifier"),
    ],
)
def test_a_comparison_passes_only_where_the_town_lets_it_and_asks_for_a_person_where_nothing_changed(
    changes, comparison, check
):
    assert check_of(fix(order_id=8, **changes), [SOUND], NOTHING, compared(**comparison)) == check


def test_a_sample_of_what_a_comparison_passes_is_always_looked_at():
    checks = [check_of(fix(order_id=number), [SOUND], NOTHING, compared()) for number in range(2000)]

    assert 0.03 < checks.count(Check.SAMPLE) / len(checks) < 0.08
    assert check_of(fix(), [doubtful(PhotoDoubt.ALIKE)], NOTHING, compared()) is Check.VERIFIER


@pytest.mark.parametrize(("said", "share"), [("", None), ("0", 0.0), ("2.5", 0.025)])
def test_a_town_says_what_error_of_a_comparison_it_accepts(said, share):
    settings = config.from_environment(
        {"DATABASE_URL": "-", "YIMA_MODE": "demo", "YIMA_COMPARISON_ERROR_PERCENT": said}
    )

    assert runtimes.sampling(settings).accepted_error == share


@pytest.mark.parametrize("said", ["-1", "51", "much", "nan"])
def test_an_error_that_is_none_stops_the_start(said):
    with pytest.raises(SettingMissing, match="YIMA_COMPARISON_ERROR_PERCENT"):
        config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo", "YIMA_COMPARISON_ERROR_PERCENT": said})
