"""How good probabilities are: by class, and of the most confident. Pure."""

import numpy as np
from numpy.typing import NDArray


def f1(labels: NDArray[np.intp], found: NDArray[np.intp], classes: int) -> NDArray[np.float64]:
    """Of each class, the harmonic mean of how many of it were found and how many of the found are of it."""
    return np.array([_f1(labels == each, found == each) for each in range(classes)])


def most_confident(probabilities: NDArray[np.float64], labels: NDArray[np.intp], share: float) -> tuple[int, int]:
    """How many texts the most confident share is, and how many of them are wrong."""
    order = np.argsort(-probabilities.max(axis=1), kind="stable")[: int(len(labels) * share)]
    return len(order), int((probabilities[order].argmax(axis=1) != labels[order]).sum())


def calibration_error(probabilities: NDArray[np.float64], labels: NDArray[np.intp], bins: int = 10) -> float:
    """By how much confidence and share of right differ, on average over texts in bins of equal size."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    parts = np.array_split(np.argsort(confidence, kind="stable"), bins)
    return float(sum(abs(confidence[each].mean() - right[each].mean()) * len(each) for each in parts) / len(labels))


def _f1(is_own: NDArray[np.bool_], is_found: NDArray[np.bool_]) -> float:
    both, either = int((is_own & is_found).sum()), int(is_own.sum() + is_found.sum())
    return 2 * both / either if either else 0.0
