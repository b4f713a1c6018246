"""Scores of units: a share with its interval, what the area reaches in the same matters, and a rank where there is one.

What a unit is measured on is what was its own: the limits of an order stand still while it is suspended or extended by
the desk, and an order counts for the unit that had it when it was due.
"""

from collections import defaultdict
from collections.abc import Sequence

from backend.evaluation import intervals
from backend.evaluation.matters import slices_of
from backend.evaluation.ranking import Rank, Share, rank
from backend.evaluation.standardising import adjust
from backend.evaluation.structs import HIGHER_IS_BETTER, LEAST_N, UnitMeasure, UnitScore
from backend.indicators.queries import read_figures
from backend.indicators.structs import Grain, IndicatorFigure, Period


async def score_units(area: str, period: Period, measure: UnitMeasure) -> list[UnitScore]:
    """Best first; units without a case are not there. Two statements."""
    codes = [measure.value, *slices_of(measure.value)]
    of_units = await read_figures(codes, [area], period, Grain.UNIT)
    of_area = _by_matter(measure, await read_figures(codes, [area], period))
    by_unit: dict[int, list[IndicatorFigure]] = defaultdict(list)
    for each in of_units:
        by_unit[int(each.subject)].append(each)
    totals = {unit: _total(measure, figures) for unit, figures in by_unit.items()}
    ranks = rank(
        {unit: share for unit, share in totals.items() if share.n >= LEAST_N},
        higher_is_better=measure in HIGHER_IS_BETTER,
    )
    scores = [
        _score(unit, share, _by_matter(measure, by_unit[unit]), of_area, ranks.get(unit))
        for unit, share in totals.items()
        if share.n
    ]
    return sorted(scores, key=lambda each: _place(each, measure))


def _score(unit: int, share: Share, own: dict[str, Share], area: dict[str, Share], place: Rank | None) -> UnitScore:
    like = adjust(own, area) if any(each.n for each in own.values()) else None
    cases = min(round(share.cases), share.n)
    return UnitScore(
        unit_id=unit,
        cases=cases,
        n=share.n,
        value=cases / share.n,
        interval=intervals.of_share(cases, share.n),
        expected=like.expected if like else None,
        adjusted=like.adjusted if like else None,
        rank=place,
    )


def _total(measure: UnitMeasure, figures: Sequence[IndicatorFigure]) -> Share:
    return next((_share(each) for each in figures if each.code == measure.value), Share(0, 0))


def _by_matter(measure: UnitMeasure, figures: Sequence[IndicatorFigure]) -> dict[str, Share]:
    return {each.code: _share(each) for each in figures if each.code != measure.value and each.denominator}


def _share(figure: IndicatorFigure) -> Share:
    """More done than were due, as where a limit was moved, counts as all."""
    n = round(figure.denominator or 0)
    return Share(min(figure.numerator, n), n)


def _place(score: UnitScore, measure: UnitMeasure) -> tuple[float, float, int]:
    value = -score.value if measure in HIGHER_IS_BETTER else score.value
    return (score.rank is None, value, score.unit_id)
