"""安全、有序、整洁: an index of an area, 0 to 100, from shares that everybody can look up.

points = 100 × (0.5 × done in time + 0.3 × held at the first check + 0.2 × found before a resident had to), each over
the classes of items of the dimension. The interval is that of a weighted sum of independent shares.
"""

from collections.abc import Sequence
from math import sqrt

from backend.evaluation import intervals
from backend.evaluation.matters import OF_DIMENSION, slices_of
from backend.evaluation.structs import LEAST_N, AreaIndex, Dimension, IndexPart
from backend.indicators.queries import read_figures
from backend.indicators.structs import IndicatorFigure, Period

WEIGHTS = {"done_on_time_rate": 0.5, "failed_verification_rate": 0.3, "resident_share": 0.2}
_TURNED = ("failed_verification_rate", "resident_share")
"""Where less is better: their complement counts."""


async def read_indices(areas: Sequence[str], period: Period) -> list[AreaIndex]:
    """Every dimension of every area, in this order. One statement."""
    codes = [code for name in WEIGHTS for dimension in Dimension for code in slices_of(name, OF_DIMENSION[dimension])]
    figures = {(each.subject, each.code): each for each in await read_figures(codes, areas, period)}
    return [_index(area, dimension, figures) for area in areas for dimension in Dimension]


def _index(area: str, dimension: Dimension, figures: dict[tuple[str, str], IndicatorFigure]) -> AreaIndex:
    parts = tuple(
        _part(name, [figures[area, code] for code in slices_of(name, OF_DIMENSION[dimension])]) for name in WEIGHTS
    )
    points, half = points_of(parts)
    return AreaIndex(area=area, dimension=dimension, points=points, half=half, parts=parts)


def _part(name: str, figures: Sequence[IndicatorFigure]) -> IndexPart:
    n = round(sum(each.denominator or 0 for each in figures))
    cases = min(sum(each.numerator for each in figures), n)
    value = None if not n else 1 - cases / n if name in _TURNED else cases / n
    return IndexPart(code=name, weight=WEIGHTS[name], value=value, n=n)


def points_of(parts: Sequence[IndexPart]) -> tuple[float | None, float | None]:
    """The points, and how far either side they are sure. (None, None) where a part rests on too few."""
    total, spread = 0.0, 0.0
    for part in parts:
        if part.value is None or part.n < LEAST_N:
            return None, None
        sure = intervals.of_share(round(part.value * part.n), part.n)
        total += part.weight * part.value
        spread += (part.weight * (sure.high - sure.low) / 2) ** 2
    return 100 * total, 100 * sqrt(spread)
