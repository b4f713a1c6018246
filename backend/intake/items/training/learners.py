"""The learners whose scores are blended, each a table of weights and an offset for each class."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from backend.intake.items.features import CONTAINED, CUT, FIRST

_SMOOTHING = 0.5


class Linear(NamedTuple):
    """Scores are `rows @ weights + offsets`, one column for each class."""

    weights: NDArray[np.float64]
    offsets: NDArray[np.float64]

    def scores(self, rows: Any) -> NDArray[np.float64]:
        return np.asarray(rows @ self.weights) + self.offsets


Learn = Callable[[Any, NDArray[np.intp], int], Linear]


class Learner(NamedTuple):
    part: int
    least: int
    """So many texts have a run that counts."""
    learn: Learn


def margins(rows: Any, labels: NDArray[np.intp], classes: int, strength: float = 1.0) -> Linear:
    """A linear support vector machine, one class against the rest, small classes as heavy as large ones."""
    columns = [_margin(rows, labels == each, strength, classes) for each in range(classes)]
    return Linear(np.stack([weights for weights, _ in columns], axis=1), np.array([offset for _, offset in columns]))


def ratio_margins(rows: Any, labels: NDArray[np.intp], classes: int, strength: float = 1.0) -> Linear:
    """The same over runs that count as much as they differ between the class and the rest (Wang and Manning 2012)."""
    total = np.asarray(rows.sum(axis=0)).ravel()
    weights, offsets = np.zeros((rows.shape[1], classes)), np.zeros(classes)
    for each in range(classes):
        own = np.asarray(rows[labels == each].sum(axis=0)).ravel() + _SMOOTHING
        others = total - own + 3 * _SMOOTHING
        ratio = np.abs(np.log((own / own.sum()) / (others / others.sum())))
        learnt, offsets[each] = _margin(rows.multiply(ratio).tocsr(), labels == each, strength, classes)
        weights[:, each] = learnt * ratio
    return Linear(weights, offsets)


def complements(rows: Any, labels: NDArray[np.intp], classes: int, smoothing: float = 0.05) -> Linear:
    """Naive Bayes by what the other classes do not say (Rennie 2003), over what it says of the average class."""
    learnt = ComplementNB(alpha=smoothing).fit(rows, labels)
    weights = np.zeros((rows.shape[1], classes))
    weights[:, learnt.classes_] = learnt.feature_log_prob_.T
    return Linear(weights - weights.mean(axis=1, keepdims=True), np.zeros(classes))


LEARNERS: tuple[Learner, ...] = (
    *(Learner(part, 2, learn) for part in (CUT, CONTAINED) for learn in (margins, ratio_margins, complements)),
    Learner(FIRST, 2, margins),
    Learner(FIRST, 2, ratio_margins),
)


def _margin(rows: Any, is_own: NDArray[np.bool_], strength: float, classes: int) -> tuple[NDArray[np.float64], float]:
    if is_own.all() or not is_own.any():
        return np.zeros(rows.shape[1]), float(is_own.any()) * 2 - 1
    heavier = {True: len(is_own) / (classes * max(1, int(is_own.sum()))), False: 1.0}
    learnt = LinearSVC(C=strength, class_weight=heavier, tol=1e-2, random_state=0).fit(rows, is_own)
    return np.asarray(learnt.coef_)[0], float(np.asarray(learnt.intercept_)[0])
