"""Scores of units: what they are measured on is what was their own. The limits of an order stand still while it is
suspended or extended by the desk, and an order counts for the unit that had it when it was due."""

from collections.abc import Mapping, Sequence

from backend.evaluation.exclusions import leave_out
from backend.evaluation.matters import CLASSES, with_slices
from backend.evaluation.scoring import by_matter, score_subjects
from backend.evaluation.structs import MeasureScores, ScoredKind, SubjectScore, UnitMeasure
from backend.indicators.queries import find_indicators, read_figures_of
from backend.indicators.structs import Grain, Indicator, Period


async def score_units(
    area: str, period: Period, measure: UnitMeasure, classes: Sequence[str] = CLASSES
) -> list[SubjectScore]:
    """Best first; units without a case are not there. Three statements, and one more where an appeal was granted."""
    return (await score_units_in([area], period, [measure], classes))[measure].scores


async def score_units_in(
    areas: Sequence[str], period: Period, measures: Sequence[str], classes: Sequence[str] = CLASSES
) -> dict[str, MeasureScores]:
    """The same of some areas together, by measure. `classes`: of items, for like with like."""
    definitions = await definitions_of(measures, classes)
    everything = [each for of_measure in definitions.values() for each in of_measure]
    read = await read_figures_of(everything, areas, period, Grain.UNIT)
    of_area = await read_figures_of(everything, areas, period)
    corrected = await leave_out(read, definitions, areas, period, ScoredKind.UNIT)
    return {
        measure: score_subjects(
            measure, corrected.figures, by_matter(measure, of_area), left_out=corrected.left_out.get(measure, {})
        )
        for measure in measures
    }


async def definitions_of(measures: Sequence[str], classes: Sequence[str]) -> Mapping[str, Sequence[Indicator]]:
    """By measure, its definition and the same of each class."""
    found = await find_indicators(measures)
    return {measure: with_slices(found[measure], classes) for measure in measures}
