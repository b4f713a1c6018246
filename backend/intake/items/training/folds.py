"""Texts set apart to try on: each once, classes as everywhere, and texts that are nearly the same on one side."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import StratifiedGroupKFold

from backend.intake.items.training.vectors import Counts

Fold = tuple[NDArray[np.intp], NDArray[np.intp]]
_ALIKE = 0.4
"""So much of what either says both say."""
_WITHIN = 0.75
"""So much of the shorter the longer says, too."""
_LEAST_RUNS, _BATCH = 20, 256


def folds(labels: NDArray[np.intp], groups: NDArray[np.intp], count: int, seed: int) -> list[Fold]:
    """Numbers of texts to learn from, and to try on, for each fold."""
    made = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    return [(learnt, tried) for learnt, tried in made.split(labels, labels, groups)]


def groups_of(whole: Counts, named: Sequence[str]) -> NDArray[np.intp]:
    """A number for each text, the same for texts of one name, and for those that are nearly the same."""
    leader = list(range(len(named)))
    first: dict[str, int] = {}
    for at, name in enumerate(named):
        if name:
            _join(leader, first.setdefault(name, at), at)
    for one, other in _alike(whole.matrix):
        _join(leader, one, other)
    return np.array([_leader(leader, at) for at in range(len(named))])


def _alike(matrix: Any) -> list[tuple[int, int]]:
    """Pairs of texts that share most of their rarer runs."""
    rows = matrix.astype(bool).astype(np.float32).tocsr()
    occurs = np.bincount(rows.indices, minlength=rows.shape[1])
    rows = rows[:, np.flatnonzero((occurs > 1) & (occurs <= max(30, rows.shape[0] // 100)))]
    sizes = np.asarray(rows.sum(axis=1)).ravel()
    found = []
    for start in range(0, rows.shape[0], _BATCH):
        shared = sparse.coo_matrix(rows[start : start + _BATCH] @ rows.T)
        one, other = sizes[shared.row + start], sizes[shared.col]
        is_alike = (shared.data > _ALIKE * (one + other - shared.data)) | (
            shared.data > _WITHIN * np.minimum(one, other)
        )
        is_alike &= (shared.col > shared.row + start) & (np.minimum(one, other) >= _LEAST_RUNS)
        found += zip((shared.row[is_alike] + start).tolist(), shared.col[is_alike].tolist(), strict=True)
    return found


def _join(leader: list[int], one: int, other: int) -> None:
    leader[_leader(leader, one)] = _leader(leader, other)


def _leader(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at
