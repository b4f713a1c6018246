"""A map of counts by grid cell or area, ready to be drawn: steps of colour, the number in words, hatching for overdue.

One template draws all of them, in a page and as a picture of its own: `partials/grid_map.html`. Colours come with the
cells. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from backend.geo.area_codes import CELL_CHARS
from backend.orders.desk import DeskCell
from backend.places.outlines import Drawing, Outline

_STEPS = (1, 3, 6, 11)
"""The least count of each step of colour."""
_MARGIN = 0.02
_LETTER = 0.55
"""Height of a number, of a cell's side."""


class CellColours(NamedTuple):
    """Of a cell and of the letters on it, as `#rrggbb`."""

    fill: str
    ink: str


STEP_COLOURS = (
    CellColours("#dbe8f6", "#17222d"),
    CellColours("#9fc2e6", "#17222d"),
    CellColours("#3f76b3", "#ffffff"),
    CellColours("#0e3c75", "#ffffff"),
)
"""From light to dark: told apart by lightness alone, whatever colours somebody sees."""
HATCH = "#c22a2f"
EDGE = "#4b5967"


@dataclass(frozen=True, slots=True)
class MapCell:
    """`text`: what stands in it; `letter`: how high, in the drawing's metres."""

    code: str
    path: str
    text: str
    colours: CellColours
    is_late: bool
    x: float
    y: float
    letter: float
    count: int = 0
    overdue: int = 0

    @property
    def is_grid(self) -> bool:
        """Whether it is a grid cell; else an area."""
        return len(self.code) == CELL_CHARS


@dataclass(frozen=True, slots=True)
class GridMap:
    view_box: str
    line: float
    """A thin line, in the drawing's metres."""
    cells: Sequence[MapCell]
    outlines: list[str]
    """Borders of committees or towns."""
    hatch: str = HATCH
    edge: str = EDGE


class LegendStep(NamedTuple):
    fill: str
    words: str


def step_of(count: int) -> int:
    """Which step of colour, from 1."""
    return sum(count >= least for least in _STEPS)


def steps() -> list[LegendStep]:
    """What each step means, for the legend."""
    ends = [f"–{after - 1}" if after - 1 > least else "" for least, after in pairwise(_STEPS)]
    words = [f"{least}{end}" for least, end in zip(_STEPS, [*ends, "+"], strict=True)]
    return [LegendStep(colours.fill, each) for colours, each in zip(STEP_COLOURS, words, strict=True)]


def map_of(drawing: Drawing, counted: Sequence[DeskCell]) -> GridMap:
    counts = {cell.code: cell for cell in counted}
    return framed(
        drawing,
        [_cell(outline, counts[outline.code]) for outline in drawing.outlines if outline.code in counts],
        [outline.path for outline in drawing.outlines if outline.code not in counts],
    )


def framed(drawing: Drawing, cells: Sequence[MapCell], outlines: list[str]) -> GridMap:
    """Cells and borders of a drawing, with a margin around them."""
    margin = max(drawing.width_m, drawing.height_m) * _MARGIN
    box = (-margin, -drawing.height_m - margin, drawing.width_m + 2 * margin, drawing.height_m + 2 * margin)
    line = max(drawing.width_m, drawing.height_m) / 900
    return GridMap(" ".join(f"{edge:.0f}" for edge in box), line, cells, outlines)


def _cell(outline: Outline, counted: DeskCell) -> MapCell:
    return MapCell(
        code=outline.code,
        path=outline.path,
        text=f"{counted.count}",
        colours=STEP_COLOURS[step_of(counted.count) - 1],
        is_late=bool(counted.overdue),
        x=outline.x,
        y=outline.y,
        letter=outline.side_m * _LETTER,
        count=counted.count,
        overdue=counted.overdue,
    )
