"""A line over days as SVG: server-made, with a table beside it that says the same. Pure.

The box is 600 wide and 200 high; a day without a value interrupts the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 600.0, 200.0
_MARGIN = 6.0
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class ChartDot:
    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    paths: list[str]
    dots: list[ChartDot]
    top: float
    """The value at the upper edge; the lower one is nought."""

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDE:.0f} {HIGH:.0f}"


def line_of(points: Sequence[tuple[str, float | None]], top: float | None = None) -> LineChart | None:
    """The line of labels and values, from left to right; None where no point has a value. `top`: of shares it is 1."""
    known = [value for _, value in points if value is not None]
    if not known:
        return None
    upper = max(top or 0.0, round_above(max(known)))
    step = (WIDE - 2 * _MARGIN) / max(len(points) - 1, 1)
    runs: list[list[ChartDot]] = [[]]
    for number, (label, value) in enumerate(points):
        if value is None:
            runs.append([])
            continue
        share = min(max(value, 0.0), upper) / upper
        y = HIGH - _MARGIN - share * (HIGH - 2 * _MARGIN)
        runs[-1].append(ChartDot(round(_MARGIN + number * step, 1), round(y, 1), label))
    paths = ["M" + " L".join(f"{dot.x} {dot.y}" for dot in run) for run in runs if len(run) > 1]
    return LineChart(paths, [dot for run in runs for dot in run], upper)


def round_above(value: float) -> float:
    """The next round number: 1, 2, 2.5, 5 or 10 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next((power * each for each in _ROUND if power * each >= value), value)
