"""Fit learners and their blend to texts, and try them on texts that took no part in it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.intake.items.training.blending import Blend, Scores
from backend.intake.items.training.folds import Fold, folds
from backend.intake.items.training.learners import LEARNERS, Learner, Linear
from backend.intake.items.training.vectors import Counts, Weighed, weigh

INNER = 5


class Known(NamedTuple):
    """Texts as counts by part, with the number of each one's class and of its group."""

    counts: tuple[Counts, ...]
    labels: NDArray[np.intp]
    groups: NDArray[np.intp]
    classes: int


class Fitted(NamedTuple):
    weighed: tuple[tuple[Learner, Weighed], ...]
    linear: tuple[Linear, ...]
    blend: Blend
    own: Scores
    """Scores of the texts learnt from, each by learners that had not seen it."""


def fit(known: Known, learnt: NDArray[np.intp], seed: int, learners: Sequence[Learner] = LEARNERS) -> Fitted:
    """Learn from some of the texts."""
    own = np.zeros((len(learnt), len(learners) * known.classes))
    for inner, tried in folds(known.labels[learnt], known.groups[learnt], INNER, seed):
        _, _, own[tried] = _scores(known, learnt[inner], learnt[tried], learners)
    blend = Blend.learn(own, known.labels[learnt], known.classes)
    weighed, linear, _ = _scores(known, learnt, learnt[:1], learners)
    return Fitted(weighed, linear, blend, own)


def probabilities(known: Known, fitted: Fitted, tried: NDArray[np.intp]) -> Scores:
    """Of each class, for some of the texts."""
    scores = [each.scores(rows.matrix[tried]) for each, (_, rows) in zip(fitted.linear, fitted.weighed, strict=True)]
    return fitted.blend.probabilities(np.hstack(scores))


def cross_validated(known: Known, outer: Sequence[Fold], seed: int, learners: Sequence[Learner] = LEARNERS) -> Scores:
    """Probabilities of every text by a model that was fitted without its fold, blend and all."""
    found = np.zeros((len(known.labels), known.classes))
    for learnt, tried in outer:
        found[tried] = probabilities(known, fit(known, learnt, seed, learners), tried)
    return found


def _scores(
    known: Known, learnt: NDArray[np.intp], tried: NDArray[np.intp], learners: Sequence[Learner]
) -> tuple[tuple[tuple[Learner, Weighed], ...], tuple[Linear, ...], Scores]:
    ready: dict[tuple[int, int], Weighed] = {}
    weighed, linear, scores = [], [], []
    for learner in learners:
        key = (learner.part, learner.least)
        if key not in ready:
            ready[key] = weigh(known.counts[learner.part], learnt, learner.least)
        rows: Any = ready[key].matrix
        fitted = learner.learn(rows[learnt], known.labels[learnt], known.classes)
        weighed.append((learner, ready[key]))
        linear.append(fitted)
        scores.append(fitted.scores(rows[tried]))
    return tuple(weighed), tuple(linear), np.hstack(scores)
