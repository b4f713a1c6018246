"""A map of shops by grade: each cell in the tone of the worst grade that stands in it, hatched where one is late. Pure.

The letter and the number say the same as the tone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.places.outlines import Drawing, Outline
from backend.web.views import grid_map
from shops.grades.structs import Grade
from shops.overview.structs import ShopCount

_WORST_FIRST = (Grade.C, Grade.B, Grade.A)
TONES = {Grade.A: "grade-A", Grade.B: "grade-B", Grade.C: "grade-C"}
"""How the styles call each grade."""
_LETTER = 0.42
"""Height of a grade with its number, of a cell's side."""


@dataclass(frozen=True, slots=True)
class ShopCell:
    code: str
    path: str
    grade: Grade
    tone: str
    text: str
    """The worst grade with how many shops have it; of the best one the number alone."""
    count: ShopCount
    x: float
    y: float
    letter: float


@dataclass(frozen=True, slots=True)
class ShopMap:
    view_box: str
    line: float
    """A thin line, in the drawing's metres."""
    cells: list[ShopCell]
    outlines: list[str]
    """Borders of committees or towns."""


def map_of(drawing: Drawing, counted: Sequence[ShopCount]) -> ShopMap:
    counts = {each.code: each for each in counted if each.shops}
    return ShopMap(
        view_box=grid_map.view_box(drawing),
        line=grid_map.line_of(drawing),
        cells=[_cell(outline, counts[outline.code]) for outline in drawing.outlines if outline.code in counts],
        outlines=[outline.path for outline in drawing.outlines if outline.code not in counts],
    )


def _cell(outline: Outline, count: ShopCount) -> ShopCell:
    grade = next((each for each in _WORST_FIRST if count.grades.get(each)), Grade.A)
    number = count.grades.get(grade, 0)
    return ShopCell(
        code=outline.code,
        path=outline.path,
        grade=grade,
        tone=TONES[grade],
        text=f"{number}" if grade is Grade.A else f"{grade}{number}",
        count=count,
        x=outline.x,
        y=outline.y,
        letter=outline.side_m * _LETTER,
    )
