"""Train a model: from cases to the model's file and a report of what it can and cannot do."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.intake.items import artifact
from backend.intake.items.acceptance import highest_error
from backend.intake.items.structs import Case
from backend.intake.items.training import exporting, figures
from backend.intake.items.training.fitting import Known, cross_validated, fit
from backend.intake.items.training.folds import folds, groups_of
from backend.intake.items.training.vectors import count
from backend.structs import Read

LEAST_CASES = 20
"""Of a class: fewer say nothing of it that would hold."""
FOLDS = 5


class TooFewCases(ValueError):
    """There are not two classes of LEAST_CASES each."""


class Coverage(Read, frozen=True, kw_only=True):
    """The most confident share of texts, how many of them were right, and their error with 95 % certainty at most."""

    share: float
    right: float
    error_at_most: float


class TrainingReport(Read, frozen=True, kw_only=True):
    """What was found on texts that took no part in training, each tried once."""

    cases: int
    left_out: dict[str, int]
    """Classes with too few cases, and how many those are."""
    macro_f1: float
    f1: dict[str, float]
    coverages: list[Coverage]
    checksum: str = ""


class Trained(NamedTuple):
    model: artifact.Model
    report: TrainingReport


def train(cases: Sequence[Case], name: str, trained_on: str, *, seed: int = 0, tried_in: int = FOLDS) -> Trained:
    """Learn from all cases; what the report says was tried by models that had not seen the text. Raises TooFewCases."""
    many = Counter(case.label for case in cases)
    classes = sorted(label for label, count_ in many.items() if count_ >= LEAST_CASES)
    if len(classes) < 2:
        raise TooFewCases
    used = [case for case in cases if case.label in set(classes)]
    known = know(used, classes)
    out_of_fold = cross_validated(known, folds(known.labels, known.groups, tried_in, seed), seed)
    fitted = fit(known, np.arange(len(used)), seed)
    left_out = {label: count_ for label, count_ in many.items() if count_ < LEAST_CASES}
    model = exporting.to_model(known, fitted, out_of_fold, classes, name, trained_on)
    return Trained(model, _report(out_of_fold, known.labels, classes, left_out))


def know(cases: Sequence[Case], classes: Sequence[str]) -> Known:
    """Cases as numbers."""
    counts = count((case.title, case.text) for case in cases)
    number = {label: at for at, label in enumerate(classes)}
    labels = np.array([number[case.label] for case in cases])
    return Known(counts, labels, groups_of(counts[0], [case.group for case in cases]), len(classes))


def _report(
    out_of_fold: NDArray[np.float64], labels: NDArray[np.intp], classes: Sequence[str], left_out: dict[str, int]
) -> TrainingReport:
    found = out_of_fold.argmax(axis=1)
    by_class = figures.f1(labels, found, len(classes))
    coverages = []
    for share in (0.98, 0.9, 0.8):
        seen, wrong = figures.most_confident(out_of_fold, labels, share)
        coverages.append(Coverage(share=share, right=1 - wrong / seen, error_at_most=highest_error(seen, wrong)))
    return TrainingReport(
        cases=len(labels),
        left_out=left_out,
        macro_f1=float(by_class.mean()),
        f1=dict(zip(classes, by_class.tolist(), strict=True)),
        coverages=coverages,
    )
