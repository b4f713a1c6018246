"""Scores of persons, on what they can influence: acceptance, arrival and work in time, and work that came back.

An order counts for whoever has it when it is read. Others are those who have orders of the same areas: what nobody
ever accepted is nobody's, so a person is not held against it. Of fewer than five people none is compared.
"""

from collections.abc import Sequence

from backend.accounts.structs import Actor
from backend.evaluation.exclusions import leave_out
from backend.evaluation.matters import CLASSES
from backend.evaluation.scoring import by_matter, score_subjects
from backend.evaluation.structs import LEAST_PEOPLE, MeasureScores, PersonMeasure, ScoredKind
from backend.evaluation.units import definitions_of
from backend.geo.area_sql import outermost
from backend.indicators.queries import read_figures_of
from backend.indicators.structs import Grain, IndicatorFigure, Period


async def score_people(
    areas: Sequence[str],
    period: Period,
    measures: Sequence[str] = tuple(PersonMeasure),
    classes: Sequence[str] = CLASSES,
) -> dict[str, MeasureScores]:
    """By measure, best first. It asks nothing of who reads: `access` does. Two statements, and one more for each
    measure in which an appeal was granted."""
    definitions = await definitions_of(measures, classes)
    everything = [each for of_measure in definitions.values() for each in of_measure]
    read = await read_figures_of(everything, areas, period, Grain.PERSON)
    corrected = await leave_out(read, definitions, areas, period, ScoredKind.PERSON)
    return {
        measure: score_subjects(
            measure,
            corrected.figures,
            by_matter(measure, corrected.figures),
            left_out=corrected.left_out.get(measure, {}),
            is_compared=count_people(measure, corrected.figures) >= LEAST_PEOPLE,
        )
        for measure in measures
    }


def count_people(measure: str, figures: Sequence[IndicatorFigure]) -> int:
    """How many have a case in the measure. Pure."""
    return sum(each.code == measure and bool(each.denominator) for each in figures)


def areas_of_person(person: Actor) -> list[str]:
    """The areas in which somebody works: where the own figures are looked for."""
    return outermost([grant.area for grant in person.grants if grant.area])
