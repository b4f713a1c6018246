"""安全、有序、整洁: an index of an area, 0 to 100, from shares that everybody can look up.

points = weight × done in time + weight × held at the first check + weight × found before a resident had to, each over
the classes of items of the dimension; weights, percents of a hundred, and classes are those that the town decided
(settings). The interval is that of a weighted sum of independent shares.
"""

from collections.abc import Sequence
from math import sqrt

from backend.evaluation import intervals
from backend.evaluation.matters import slice_of
from backend.evaluation.settings import FOUND, HELD, PARTS, EvaluationRules
from backend.evaluation.structs import LEAST_N, AreaIndex, Dimension, IndexPart
from backend.indicators.queries import find_indicators, narrowed_to, read_figures_of
from backend.indicators.structs import IndicatorFigure, Period

_TURNED = (HELD, FOUND)
"""Where less is better: their complement counts."""


async def read_indices(areas: Sequence[str], period: Period, rules: EvaluationRules) -> list[AreaIndex]:
    """Every dimension of every area, in this order, by the same rules for all. One statement."""
    found = await find_indicators(PARTS)
    definitions = [narrowed_to(found[name], code) for name in PARTS for code in rules.all_classes]
    figures = {(each.subject, each.code): each for each in await read_figures_of(definitions, areas, period)}
    return [_index(area, dimension, figures, rules) for area in areas for dimension in Dimension]


def _index(
    area: str, dimension: Dimension, figures: dict[tuple[str, str], IndicatorFigure], rules: EvaluationRules
) -> AreaIndex:
    parts = tuple(
        _part(name, rules.weights[name], [figures[area, slice_of(name, code)] for code in rules.classes[dimension]])
        for name in PARTS
    )
    points, half = points_of(parts)
    return AreaIndex(area=area, dimension=dimension, points=points, half=half, parts=parts)


def _part(name: str, weight: int, figures: Sequence[IndicatorFigure]) -> IndexPart:
    n = round(sum(each.denominator or 0 for each in figures))
    cases = min(sum(each.numerator for each in figures), n)
    value = None if not n else 1 - cases / n if name in _TURNED else cases / n
    return IndexPart(code=name, weight=weight, value=value, n=n)


def points_of(parts: Sequence[IndexPart]) -> tuple[float | None, float | None]:
    """The points, and how far either side they are sure. (None, None) where a part that weighs rests on too few."""
    total, spread = 0.0, 0.0
    for part in parts:
        if not part.weight:
            continue
        if part.value is None or part.n < LEAST_N:
            return None, None
        sure = intervals.of_share(round(part.value * part.n), part.n)
        total += part.weight * part.value
        spread += (part.weight * (sure.high - sure.low) / 2) ** 2
    return total, sqrt(spread)
