"""A share with its interval as a bar to look at: the dot is the share, the line how sure it is. Pure."""

from dataclasses import dataclass

WIDTH, HEIGHT = 200, 24


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """x of each, from 0 to WIDTH; `expected` None where there is nothing to compare with."""

    value: float
    low: float
    high: float
    expected: float | None


def bar_of(value: float, low: float, high: float, expected: float | None = None) -> IntervalBar:
    """Shares from 0 to 1."""
    return IntervalBar(_x(value), _x(low), _x(high), None if expected is None else _x(expected))


def _x(share: float) -> float:
    return round(min(max(share, 0.0), 1.0) * WIDTH, 1)
