"""What an evaluation gives: scores of units and persons, the index of an area, its roads and places."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from backend.evaluation.intervals import ShareInterval
from backend.evaluation.ranking import Rank

LEAST_N = 20
"""Of fewer cases there is no rank and there are no points: one case more or less would move a share by five percent."""
LEAST_PEOPLE = 5
"""Of fewer people none is compared with the others: whoever knows the own figures could work out somebody else's."""


class UnitMeasure(StrEnum):
    """What a unit is measured on: the code of an indicator whose numerator is its own doing."""

    DONE_ON_TIME = "done_on_time_rate"
    ACCEPTED_ON_TIME = "acceptance_on_time_rate"
    REWORKED = "rework_rate"
    RETURNED = "return_rate"


class PersonMeasure(StrEnum):
    """What a person is measured on. An order is returned by a unit, and its numerator says nothing of who did."""

    DONE_ON_TIME = "done_on_time_rate"
    ACCEPTED_ON_TIME = "acceptance_on_time_rate"
    ARRIVED_ON_TIME = "arrival_on_time_rate"
    REWORKED = "rework_rate"


LOWER_IS_BETTER = ("rework_rate", "return_rate")


def is_higher_better(measure: str) -> bool:
    return measure not in LOWER_IS_BETTER


class ScoredKind(StrEnum):
    """Whose figure it is."""

    UNIT = "unit"
    PERSON = "person"


MEASURES_OF: dict[ScoredKind, tuple[str, ...]] = {
    ScoredKind.UNIT: tuple(UnitMeasure),
    ScoredKind.PERSON: tuple(PersonMeasure),
}


class SubjectScore(msgspec.Struct, frozen=True, kw_only=True):
    """Of one unit or person in one measure. `cases` of `n`; shares from 0 to 1.

    `expected`: the area's share in the same matters; `adjusted`: the share that this would be with the area's matters.
    Both None where they say nothing. `rank`: None below the least n, of fewer than five people, and of the smallest of
    very many. `left_out`: cases that an appeal took out; they are in neither number.
    """

    subject_id: int
    cases: int
    n: int
    value: float
    interval: ShareInterval
    expected: float | None
    adjusted: float | None
    rank: Rank | None
    left_out: int = 0


class MeasureScores(msgspec.Struct, frozen=True, kw_only=True):
    """Of all subjects in one measure, best first. `left_out`: also of those of whom no case is left."""

    scores: list[SubjectScore]
    left_out: Mapping[int, int]


class Dimension(StrEnum):
    """安全, 有序, 整洁: what an area's index is of."""

    SECURE = "secure"
    ORDERLY = "orderly"
    CLEAN = "clean"


class IndexPart(msgspec.Struct, frozen=True, kw_only=True):
    """One of the shares that an index is made of: `code` the indicator, `weight` its percents of the whole."""

    code: str
    weight: int
    value: float | None
    n: int


class AreaIndex(msgspec.Struct, frozen=True, kw_only=True):
    """Points from 0 to 100, None where a part rests on too few cases; `half` either side at 95 %."""

    area: str
    dimension: Dimension
    points: float | None
    half: float | None
    parts: tuple[IndexPart, ...]


class RoadWeek(msgspec.Struct, frozen=True, kw_only=True):
    """A road in seven days. `usual`: how many a week on average of the four weeks before."""

    road: str
    reported: int
    usual: float
    by_class: dict[str, int]
    """By code of the class of items, those with any."""
    is_more: bool
    """More than chance would bring."""
    is_less: bool
