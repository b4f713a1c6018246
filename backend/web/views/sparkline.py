"""A small line of a few counts, oldest first, as a path of SVG within 100 by 24. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 100.0, 24.0
_EDGE = 2.0


class SparkLine(NamedTuple):
    """`path` for `d`, and where its last point lies."""

    path: str
    last_x: float
    last_y: float


def line_of(counts: Sequence[int]) -> SparkLine:
    """From zero at the bottom to the highest of the counts at the top."""
    highest = max(counts, default=0) or 1
    step = (WIDTH - 2 * _EDGE) / max(1, len(counts) - 1)
    points = [
        (round(_EDGE + step * at, 1), round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * count / highest, 1))
        for at, count in enumerate(counts)
    ]
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""
    return SparkLine(path, *(points[-1] if points else (0.0, 0.0)))
