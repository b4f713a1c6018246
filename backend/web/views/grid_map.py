"""A map of open orders by grid cell, ready to be drawn: steps of colour, the number in words, hatching for overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from backend.orders.desk import DeskCell
from backend.places.outlines import Drawing, Outline

_STEPS = (1, 3, 6, 11)
"""The least count of each step of colour."""
_MARGIN = 0.02
_LETTER = 0.55
"""Height of a number, of a cell's side."""


@dataclass(frozen=True, slots=True)
class MapCell:
    code: str
    path: str
    count: int
    overdue: int
    step: int
    x: float
    y: float
    letter: float


@dataclass(frozen=True, slots=True)
class GridMap:
    view_box: str
    line: float
    """A thin line, in the drawing's metres."""
    cells: list[MapCell]
    outlines: list[str]
    """Borders of committees or towns."""


def step_of(count: int) -> int:
    """Which step of colour, from 1."""
    return sum(count >= least for least in _STEPS)


def steps() -> list[str]:
    """What each step means, for the legend."""
    ends = [f"–{after - 1}" if after - 1 > least else "" for least, after in pairwise(_STEPS)]
    return [f"{least}{end}" for least, end in zip(_STEPS, [*ends, "+"], strict=True)]


def map_of(drawing: Drawing, counted: Sequence[DeskCell]) -> GridMap:
    counts = {cell.code: cell for cell in counted}
    return GridMap(
        view_box=view_box(drawing),
        line=line_of(drawing),
        cells=[_cell(outline, counts[outline.code]) for outline in drawing.outlines if outline.code in counts],
        outlines=[outline.path for outline in drawing.outlines if outline.code not in counts],
    )


def view_box(drawing: Drawing) -> str:
    """All of it with a margin, as an SVG has it."""
    margin = max(drawing.width_m, drawing.height_m) * _MARGIN
    box = (-margin, -drawing.height_m - margin, drawing.width_m + 2 * margin, drawing.height_m + 2 * margin)
    return " ".join(f"{edge:.0f}" for edge in box)


def line_of(drawing: Drawing) -> float:
    """A thin line, in the drawing's metres."""
    return max(drawing.width_m, drawing.height_m) / 900


def _cell(outline: Outline, counted: DeskCell) -> MapCell:
    return MapCell(
        code=outline.code,
        path=outline.path,
        count=counted.count,
        overdue=counted.overdue,
        step=step_of(counted.count),
        x=outline.x,
        y=outline.y,
        letter=outline.side_m * _LETTER,
    )
