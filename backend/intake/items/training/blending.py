"""Learners' scores made into probabilities, by a logistic regression over scores of texts that they never saw."""

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

Scores = NDArray[np.float64]
STRENGTH = 0.02
_MOST_ROUNDS = 1000


class Blend(NamedTuple):
    """Logarithms of odds are `scores @ weights + offsets`; scores of all learners stand side by side."""

    weights: Scores
    offsets: Scores

    @classmethod
    def learn(cls, scores: Scores, labels: NDArray[np.intp], classes: int) -> Self:
        """From scores of texts on which the learners were not trained."""
        middle, spread = scores.mean(axis=0), np.maximum(scores.std(axis=0), 1e-9)
        learnt = LogisticRegression(C=STRENGTH, max_iter=_MOST_ROUNDS).fit((scores - middle) / spread, labels)
        own = np.zeros((classes, scores.shape[1]))
        offsets = np.full(classes, -np.inf)
        if len(learnt.classes_) == len(learnt.coef_):
            own[learnt.classes_], offsets[learnt.classes_] = learnt.coef_, learnt.intercept_
        else:  # two classes share one row
            own[learnt.classes_[1]], offsets[learnt.classes_] = learnt.coef_[0], (0.0, learnt.intercept_[0])
        weights = own.T / spread[:, None]
        return cls(weights, offsets - middle @ weights)

    def probabilities(self, scores: Scores) -> Scores:
        odds = scores @ self.weights + self.offsets
        grown = np.exp(odds - odds.max(axis=1, keepdims=True))
        return grown / grown.sum(axis=1, keepdims=True)

    def by_learner(self, learners: int) -> Sequence[Scores]:
        """The weights of each learner's own scores."""
        return np.split(self.weights, learners)
