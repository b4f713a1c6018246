"""The fitted blend as the one table of weights that a model's file holds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend.intake.items import acceptance, artifact
from backend.intake.items.features import PARTS
from backend.intake.items.training.fitting import Fitted, Known

_MOST = 127
"""Weights are whole numbers up to this, times a scale of their class."""


def to_model(
    known: Known, fitted: Fitted, out_of_fold: NDArray[np.float64], classes: Sequence[str], name: str, trained_on: str
) -> artifact.Model:
    """Sum the learners up, part by part. `out_of_fold`: probabilities of every text by models that had not seen it."""
    shares = fitted.blend.by_learner(len(fitted.linear))
    offsets = fitted.blend.offsets + sum(
        each.offsets @ share for each, share in zip(fitted.linear, shares, strict=True)
    )
    tables = [_table(known, fitted, shares, part) for part in PARTS]
    weights = np.concatenate([weights for _, _, weights in tables])
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _MOST
    rows = acceptance.table(out_of_fold.max(axis=1).tolist(), (out_of_fold.argmax(axis=1) == known.labels).tolist())
    header = artifact.Header(
        name=name,
        trained_on=trained_on,
        classes=tuple(classes),
        sizes=tuple(len(numbers) for numbers, _, _ in tables),
        scales=tuple(scales.tolist()),
        offsets=tuple(np.asarray(offsets).tolist()),
        confidences=tuple(confidence for confidence, _, _ in rows),
        seen=tuple(seen for _, seen, _ in rows),
        wrong=tuple(wrong for _, _, wrong in rows),
    )
    return artifact.Model(
        header=header,
        numbers=np.concatenate([numbers for numbers, _, _ in tables]),
        idf=np.concatenate([idf for _, idf, _ in tables]).astype(np.float16),
        weights=np.rint(weights / scales).astype(np.int8),
    )


def _table(
    known: Known, fitted: Fitted, shares: Sequence[NDArray[np.float64]], part: int
) -> tuple[NDArray[np.uint64], NDArray[np.float64], NDArray[np.float64]]:
    """Numbers, their idf and the summed weights of one part, whose learners all look at the same runs."""
    own = [
        (rows, each.weights @ share)
        for (learner, rows), each, share in zip(fitted.weighed, fitted.linear, shares, strict=True)
        if learner.part == part
    ]
    if not own:
        return np.zeros(0, np.uint64), np.zeros(0), np.zeros((0, known.classes))
    first = own[0][0]
    assert all(rows.columns is first.columns for rows, _ in own), "learners of one part share one `least`"
    return known.counts[part].numbers[first.columns], first.idf, np.asarray(sum(weights for _, weights in own))
