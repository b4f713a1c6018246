"""Labelled pairs of photos: what is not gone is never called gone, and the model is what it was measured to be."""

import msgspec
import pytest

from bench.comparison import upper_bound
from bench.parts.photo_pairs import CHEATS, DRAWN, GONE, NOT_GONE, make_pair
from media import scenes
from media.decoder.messages import SceneFindings
from media.decoder.scenes import compare
from media.scenes import SceneReason

SURE = SceneFindings(
    matched=200, agreed=160, overlap=0.9, middle_seen=1.0, changed=0.1, residue=3.5, patch=0.08, central=0.4
)


@pytest.mark.parametrize("label", NOT_GONE)
def test_a_pair_in_which_it_is_not_gone_is_not_called_gone(label: str):
    pair = make_pair(label, DRAWN, "shipped")

    judged = scenes.judge(compare(pair.before, pair.after))

    assert not judged.is_gone, judged
    if label in CHEATS:
        assert judged.reason in (
            SceneReason.COPY,
            SceneReason.OTHER_PLACE,
            SceneReason.NOT_SHOWN,
            SceneReason.UNCHANGED,
        )


def test_a_pair_in_which_it_is_gone_is_weighed_and_scores_above_one_in_which_it_was_covered():
    gone, covered = (make_pair(label, DRAWN, "shipped") for label in (GONE, "covered by another thing"))
    by = scenes.model()

    found = compare(gone.before, gone.after)

    assert scenes.barred_by(found) is None
    assert scenes.score_of(found, by) > scenes.score_of(compare(covered.before, covered.after), by)
    assert compare(gone.before, gone.after) == found, "the same photos give the same answer"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"agreed": 24, "matched": 24}, "other_place"),
        ({"agreed": 90}, "other_place"),
        ({"middle_seen": 0.9}, "not_shown"),
        ({"overlap": 0.6}, "not_shown"),
        ({"scale": 1.5}, "not_shown"),
        ({"residue": 1.0}, "copy"),
        ({"central": 0.1}, "unchanged"),
        ({"changed": 0.5}, "too_much"),
        ({}, None),
    ],
)
def test_what_cannot_be_judged_is_said_in_a_word(changes: dict[str, float], reason: str | None):
    assert scenes.barred_by(msgspec.structs.replace(SURE, **changes)) == reason


def test_the_model_that_ships_weighs_what_is_measured_and_says_its_error():
    by = scenes.model()

    assert by.weights.keys() == by.means.keys() == scenes.weighed(SURE).keys()
    assert by.worst in NOT_GONE
    assert 0 < by.false_gone_max < 1
    assert by.pairs >= 200


@pytest.mark.parametrize(
    ("false", "total", "bound"), [(0, 20, 0.1391), (1, 20, 0.2161), (0, 300, 0.0099), (3, 40, 0.1809)]
)
def test_the_bound_is_clopper_and_pearsons(false: int, total: int, bound: float):
    assert upper_bound(false, total) == pytest.approx(bound, abs=2e-3)
