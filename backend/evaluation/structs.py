"""What an evaluation gives: scores of units, the index of an area, its roads."""

from enum import StrEnum

import msgspec

from backend.evaluation.intervals import ShareInterval
from backend.evaluation.ranking import Rank

LEAST_N = 20
"""Of fewer cases there is no rank and there are no points: one case more or less would move a share by five percent."""


class UnitMeasure(StrEnum):
    """What a unit is measured on: the code of an indicator whose numerator is its own doing."""

    DONE_ON_TIME = "done_on_time_rate"
    ACCEPTED_ON_TIME = "acceptance_on_time_rate"
    REWORKED = "rework_rate"
    RETURNED = "return_rate"


HIGHER_IS_BETTER = {UnitMeasure.DONE_ON_TIME, UnitMeasure.ACCEPTED_ON_TIME}


class UnitScore(msgspec.Struct, frozen=True, kw_only=True):
    """Of one unit in one measure. `cases` of `n`; shares from 0 to 1.

    `expected`: the area's share in the same matters; `adjusted`: the share that this would be with the area's matters.
    Both None where they say nothing. `rank`: None below the least n, and of the smallest of very many units.
    """

    unit_id: int
    cases: int
    n: int
    value: float
    interval: ShareInterval
    expected: float | None
    adjusted: float | None
    rank: Rank | None


class Dimension(StrEnum):
    """安全, 有序, 整洁: what an area's index is of."""

    SECURE = "secure"
    ORDERLY = "orderly"
    CLEAN = "clean"


class IndexPart(msgspec.Struct, frozen=True, kw_only=True):
    """One of the shares that an index is made of: `code` the indicator, `weight` its part of the whole."""

    code: str
    weight: float
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
