"""A map of shops by grade: each cell in the tone of the worst grade that stands in it, hatched where one is late. Pure.

The letter and the number say the same as the tone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.places.outlines import Drawing, Outline
from backend.web.views.grid_map import CellColours, GridMap, MapCell, framed
from shops.grades.structs import Grade
from shops.overview.structs import ShopCount

_WORST_FIRST = (Grade.C, Grade.B, Grade.A)
GRADE_COLOURS = {
    Grade.A: CellColours("#d6efdf", "#17222d"),
    Grade.B: CellColours("#ffd27a", "#17222d"),
    Grade.C: CellColours("#a3191f", "#ffffff"),
}
_LETTER = 0.42
"""Height of a grade with its number, of a cell's side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopCell(MapCell):
    """`text`: the worst grade with how many shops have it; of the best one the number alone."""

    grade: Grade
    shops: ShopCount


def map_of(drawing: Drawing, counted: Sequence[ShopCount]) -> GridMap:
    counts = {each.code: each for each in counted if each.shops}
    return framed(
        drawing,
        [_cell(outline, counts[outline.code]) for outline in drawing.outlines if outline.code in counts],
        [outline.path for outline in drawing.outlines if outline.code not in counts],
    )


def _cell(outline: Outline, count: ShopCount) -> ShopCell:
    grade = next((each for each in _WORST_FIRST if count.grades.get(each)), Grade.A)
    number = count.grades.get(grade, 0)
    return ShopCell(
        code=outline.code,
        path=outline.path,
        text=f"{number}" if grade is Grade.A else f"{grade}{number}",
        colours=GRADE_COLOURS[grade],
        is_late=bool(count.overdue),
        x=outline.x,
        y=outline.y,
        letter=outline.side_m * _LETTER,
        grade=grade,
        shops=count,
    )
