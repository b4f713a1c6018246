"""What indicators take and give: periods, grains, definitions, figures."""

from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from backend.structs import Read


class Period(msgspec.Struct, frozen=True):
    """Days of Shanghai, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def list_days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(self.days)]


class Grain(StrEnum):
    """What a figure is of: its subject is an area's code, an id, an item's code, a road's name or a day."""

    AREA = "area"
    UNIT = "unit"
    PERSON = "person"
    ITEM = "item"
    ROAD = "road"
    DAY = "day"


class IndicatorUnit(StrEnum):
    SHARE = "share"
    MINUTES = "minutes"
    MEAN = "mean"
    COUNT = "count"


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Indicator(Read, frozen=True, kw_only=True):
    """The definition of a figure: 口径. `numerator` and `denominator` are expressions over measures; see docs."""

    code: str
    version: int
    name_zh: str
    name_en: str
    numerator: str
    denominator: str | None
    """None: the value is the numerator."""
    unit: IndicatorUnit
    direction: Direction
    """Which way is better."""
    exclusions_zh: str = ""
    exclusions_en: str = ""
    owner_zh: str = ""
    owner_en: str = ""
    source: str = ""
    """The paragraph that it comes from."""
    grains: tuple[Grain, ...] = tuple(Grain)
    family: str = ""
    """The code of the indicator that this one narrows to an item, a source or a priority; empty: it narrows none."""
    area_code: str = ""
    """Whose it is; empty: it ships."""
    retired_at: datetime | None = None


class IndicatorFigure(msgspec.Struct, frozen=True, gc=False):
    """A figure of one subject. `value` is a share from 0 to 1, minutes, a mean or a count, None without a denominator.

    `n`: how many cases it rests on: the denominator, of a count the count itself.
    """

    code: str
    subject: str
    numerator: float
    denominator: float | None
    value: float | None
    n: int
