"""From which confidence on a model may decide alone: the town says how many in a hundred may go wrong. Pure."""

from collections.abc import Sequence
from math import sqrt

from backend.config import ACCEPTED_ERROR_MOST

_ONE_SIDED_95 = 1.6449


class ErrorOutOfRange(ValueError):
    """An accepted error lies above 0 and is at most ACCEPTED_ERROR_MOST."""


def threshold(confidences: Sequence[float], seen: Sequence[int], wrong: Sequence[int], accepted: float) -> float | None:
    """The least confidence at and above which the error is, with 95 % certainty, no more than what is accepted.

    `seen` and `wrong` are counted on texts that took no part in training. None: at no confidence, so nothing is
    decided alone. Raises ErrorOutOfRange.
    """
    if not 0 < accepted <= ACCEPTED_ERROR_MOST:
        raise ErrorOutOfRange
    fitting = (
        confidence
        for confidence, many, bad in zip(confidences, seen, wrong, strict=True)
        if highest_error(many, bad) <= accepted
    )
    return min(fitting, default=None)


def highest_error(seen: int, wrong: int) -> float:
    """The upper end of Wilson's interval: what the error is at most, with 95 % certainty; 1 where none was seen."""
    if not seen:
        return 1.0
    share, z2 = wrong / seen, _ONE_SIDED_95**2
    spread = _ONE_SIDED_95 * sqrt(share * (1 - share) / seen + z2 / (4 * seen**2))
    return min(1.0, (share + z2 / (2 * seen) + spread) / (1 + z2 / seen))


def table(confidences: Sequence[float], is_right: Sequence[bool], steps: int = 200) -> list[tuple[float, int, int]]:
    """Confidence, how many were as confident or more, how many of those were wrong: at some steps of equal size."""
    ranked = sorted(zip(confidences, is_right, strict=True), key=lambda each: -each[0])
    found, wrong = [], 0
    for at, (confidence, right) in enumerate(ranked, 1):
        wrong += not right
        is_last_of_its_kind = at == len(ranked) or ranked[at][0] < confidence
        if is_last_of_its_kind and (at == len(ranked) or at * steps // len(ranked) > (at - 1) * steps // len(ranked)):
            found.append((confidence, at, wrong))
    return found[::-1]
