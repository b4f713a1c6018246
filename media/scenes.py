"""Whether two photos show one place where something is gone: the judgement on what the decoder measured. Pure.

What cannot be judged is unsure: another place, a copy of the photo of before, a middle that the after photo does not
show. What is left is weighed by `scene_model.json`, whose error was measured on labelled pairs
(`python -m bench.comparison`; docs/intake/comparison.md).
"""

import math
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from backend.structs import Read
from media.decoder.messages import SceneFindings

_MODEL = Path(__file__).with_name("scene_model.json")
AGREED_MIN, AGREED_SHARE_MIN = 25, 0.5
MIDDLE_SEEN_MIN, OVERLAP_MIN = 0.95, 0.7
SCALE_MIN, SCALE_MAX = 0.7, 1.45
RESIDUE_MIN = 1.5
PATCH_MIN, CENTRAL_MIN, CHANGED_MAX = 0.015, 0.15, 0.4
_WEIGHED = ("log_new", "before_new", "after_new", "came", "beside_new", "log_edges", "went_central", "patch", "rest")


class SceneReason(StrEnum):
    """Why nothing is said of what changed, or what speaks."""

    OTHER_PLACE = "other_place"
    NOT_SHOWN = "not_shown"
    """The middle of the photo of before is not in the photo of after."""
    COPY = "copy"
    """It is the photo of before again, perhaps retouched: two photos by hand differ more."""
    UNCHANGED = "unchanged"
    """Nothing in the middle has changed."""
    TOO_MUCH = "too_much"
    WEIGHED = "weighed"


class SceneJudgement(Read, frozen=True, kw_only=True):
    """`is_gone`: same place, thing gone. `score`: 0 to 1, only where it was weighed."""

    is_gone: bool
    reason: SceneReason
    score: float
    model: str


class SceneModel(msgspec.Struct, frozen=True, kw_only=True):
    """`threshold`: from which score on it is gone. `false_gone_max`: see `measured_error`."""

    version: str
    threshold: float
    bias: float
    means: dict[str, float]
    weights: dict[str, float]
    pairs: int
    false_gone: int
    false_gone_max: float
    """Upper bound (95 %) of the share of pairs in which it is not gone and the machine says so, of the worst label."""
    worst: str


@cache
def model() -> SceneModel:
    """The model that ships with the product."""
    return msgspec.json.decode(_MODEL.read_bytes(), type=SceneModel)


def judge(found: SceneFindings, by: SceneModel | None = None) -> SceneJudgement:
    """The judgement on one pair of photos."""
    by = by or model()
    reason = barred_by(found)
    if reason is not None:
        return SceneJudgement(is_gone=False, reason=reason, score=0.0, model=by.version)
    score = score_of(found, by)
    is_gone = score >= by.threshold
    return SceneJudgement(is_gone=is_gone, reason=SceneReason.WEIGHED, score=round(score, 4), model=by.version)


def barred_by(found: SceneFindings) -> SceneReason | None:
    """Why a pair cannot be weighed; None where it can."""
    if found.agreed < max(AGREED_MIN, AGREED_SHARE_MIN * found.matched):
        return SceneReason.OTHER_PLACE
    is_scaled = SCALE_MIN < found.scale < SCALE_MAX
    if found.middle_seen < MIDDLE_SEEN_MIN or found.overlap < OVERLAP_MIN or not is_scaled:
        return SceneReason.NOT_SHOWN
    if found.residue < RESIDUE_MIN:
        return SceneReason.COPY
    if found.central < CENTRAL_MIN or found.patch < PATCH_MIN:
        return SceneReason.UNCHANGED
    return SceneReason.TOO_MUCH if found.changed > CHANGED_MAX else None


def score_of(found: SceneFindings, by: SceneModel) -> float:
    """Logistic, 0 to 1."""
    values = weighed(found)
    total = by.bias + sum(by.weights[name] * (values[name] - by.means[name]) for name in _WEIGHED)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def weighed(found: SceneFindings) -> dict[str, float]:
    """What the model weighs, by name."""
    return {
        "log_new": math.log((found.before_new + 0.5) / (found.after_new + 0.5)),
        "before_new": min(found.before_new, 8.0),
        "after_new": min(found.after_new, 8.0),
        "came": found.came,
        "beside_new": min(found.beside_new, 8.0),
        "log_edges": math.log((found.before_edges + 1) / (found.after_edges + 1)),
        "went_central": found.went_central,
        "patch": found.patch,
        "rest": found.changed - found.patch,
    }
