"""What others ask of indicators: figures, and the definitions that they follow.

Others import from here alone. `access` says whose figures somebody reads, `disclosing` what is shown beyond staff.
"""

from collections.abc import Sequence

from backend.indicators.errors import FiguresTooMany
from backend.indicators.reading.counts import read_counts
from backend.indicators.reading.program import program_of
from backend.indicators.reading.sums import read_sums
from backend.indicators.registry.definitions import find_indicators
from backend.indicators.registry.narrowing import narrowed_to
from backend.indicators.structs import Grain, Indicator, IndicatorFigure, Period

__all__ = [
    "Grain",
    "Indicator",
    "IndicatorFigure",
    "Period",
    "find_indicators",
    "narrowed_to",
    "read_figures",
    "read_figures_of",
]

FIGURES_MOST = 100_000
"""Of one answer: a second of this process' time."""


async def read_figures(
    codes: Sequence[str], areas: Sequence[str], period: Period, by: Grain = Grain.AREA
) -> list[IndicatorFigure]:
    """Figures of these indicators within these areas, the same days for all.

    By area each area that was given has its figures, whatever lies in it; by anything else the areas are one, and the
    subjects those that anything was counted of: ids of units and persons, codes of items, names of roads, days as
    2026-11-28. It asks nothing of who reads: areas are to be cut to the reader's before. Raises IndicatorUnknown,
    FiguresTooMany.
    """
    found = await find_indicators(codes)
    return await read_figures_of(list(found.values()), areas, period, by)


async def read_figures_of(
    definitions: Sequence[Indicator], areas: Sequence[str], period: Period, by: Grain = Grain.AREA
) -> list[IndicatorFigure]:
    """The same of definitions that their reader made, such as those that `narrowed_to` gives. Raises FiguresTooMany."""
    if not definitions or not areas:
        return []
    program = program_of(tuple(definitions))
    sums, counts = await read_sums(program, areas, period, by), await read_counts(program, areas, period, by)
    subjects = list(dict.fromkeys(areas)) if by is Grain.AREA else sorted(sums.keys() | counts.keys())
    if len(subjects) * len(definitions) > FIGURES_MOST:
        raise FiguresTooMany(most=FIGURES_MOST)
    return [
        figure
        for subject in subjects
        for figure in program.figures(subject, sums.get(subject, {}), counts.get(subject))
    ]
