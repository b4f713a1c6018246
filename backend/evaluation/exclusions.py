"""What a granted appeal takes out: the case's own part, subtracted from the figure of its unit or person when it is
read. The sums of indicators stay the town's truth, and counting anew changes nothing here."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from backend import db
from backend.evaluation.structs import ScoredKind
from backend.geo.area_sql import within_any
from backend.indicators.order_figures import CountedOrder, read_figures_of_orders
from backend.indicators.structs import Grain, Indicator, IndicatorFigure, Period
from backend.sql import sql

GRAIN_OF = {ScoredKind.UNIT: Grain.UNIT, ScoredKind.PERSON: Grain.PERSON}
_COLUMN_OF = {ScoredKind.UNIT: "unit_id", ScoredKind.PERSON: "person_id"}
_GRANTED = """
    SELECT a.measure, a.{column} AS subject_id, a.order_id
    FROM score_appeal a JOIN work_order o ON o.id = a.order_id
    WHERE a.state = 'granted' AND a.measure = ANY(:measures::text[]) AND a.{column} IS NOT NULL AND {{within}}
    ORDER BY a.id
"""


class Corrected(NamedTuple):
    """Figures without what was left out of them, and how many cases that were, by measure and subject."""

    figures: list[IndicatorFigure]
    left_out: Mapping[str, Mapping[int, int]]


async def list_granted(
    kind: ScoredKind, measures: Sequence[str], areas: Sequence[str]
) -> dict[str, list[CountedOrder]]:
    """By measure, the cases within these areas that are out of somebody's figure."""
    text = _GRANTED.format(column=_COLUMN_OF[kind])
    found: dict[str, list[CountedOrder]] = {}
    for row in await db.fetch(sql(text, measures=list(measures), within=within_any("o.area_code", areas, "area"))):
        found.setdefault(row["measure"], []).append(CountedOrder(row["subject_id"], row["order_id"]))
    return found


async def leave_out(
    figures: Sequence[IndicatorFigure],
    definitions: Mapping[str, Sequence[Indicator]],
    areas: Sequence[str],
    period: Period,
    kind: ScoredKind,
) -> Corrected:
    """`definitions`: by measure, itself and its classes. One statement, and one more for each measure with appeals."""
    granted = await list_granted(kind, list(definitions), areas)
    out: dict[str, list[IndicatorFigure]] = {
        measure: await read_figures_of_orders(definitions[measure], areas, period, GRAIN_OF[kind], orders)
        for measure, orders in granted.items()
    }
    return subtract(figures, out)


def subtract(figures: Sequence[IndicatorFigure], out: Mapping[str, Sequence[IndicatorFigure]]) -> Corrected:
    """Pure. `out`: by measure, what the cases that are left out add to it and to its classes, by subject."""
    parts = {(each.code, each.subject): each for of_measure in out.values() for each in of_measure}
    corrected = [_without(each, parts.get((each.code, each.subject))) for each in figures]
    left_out = {
        measure: {int(each.subject): each.n for each in of_measure if each.code == measure and each.n}
        for measure, of_measure in out.items()
    }
    return Corrected(corrected, left_out)


def _without(figure: IndicatorFigure, part: IndicatorFigure | None) -> IndicatorFigure:
    if part is None:
        return figure
    numerator = figure.numerator - part.numerator
    denominator = (figure.denominator or 0) - (part.denominator or 0)
    value = numerator / denominator if denominator else None
    return msgspec.structs.replace(
        figure, numerator=numerator, denominator=denominator, value=value, n=max(0, figure.n - part.n)
    )
