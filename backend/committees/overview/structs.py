"""The language of overviews: figures, each with how many it is of and the orders that it counts."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from backend.orders.desk import DeskFilter


class Level(StrEnum):
    """What an overview is of."""

    COMMITTEE = "committee"
    TOWN = "town"
    DISTRICT = "district"
    """A district, or what is above one."""


class FigureName(StrEnum):
    """What is measured; every one of them has a definition in words."""

    OPEN = "open"
    OVERDUE = "overdue"
    NEW = "new"
    NEW_OPEN = "new_open"
    NEW_ENDED = "new_ended"
    CLOSED = "closed"
    ON_TIME = "on_time"
    LATE = "late"
    P50 = "p50"
    P90 = "p90"
    COVERAGE = "coverage"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number, a share from 0 to 1, or minutes; None where there is nothing to measure.

    `n`: how many it is measured over. `before`, `n_before`: the same of the week before. `orders`: the filter of the
    desk whose list is what was counted, or measured over; `walked_in`: the area whose patrols are. Neither where there
    is no such list.
    """

    value: float | None
    n: int | None = None
    before: float | None = None
    n_before: int | None = None
    orders: DeskFilter | None = None
    walked_in: str | None = None


Vitals = dict[FigureName, Figure]
"""The figures of one area, item or place; an item and a place have those that are told of them."""


class AreaVitals(msgspec.Struct, frozen=True, kw_only=True):
    """A committee of a town, or a town of a district. `is_rest`: what lies in none of them, without lists."""

    code: str
    name: str
    figures: Vitals
    is_rest: bool = False


class ItemVitals(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name_zh: str
    name_en: str
    figures: Vitals


class PlaceVitals(msgspec.Struct, frozen=True, kw_only=True):
    place_id: int
    label: str
    figures: Vitals


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """How an area is doing at an instant. The week is of days in Shanghai, today the last of them."""

    area_code: str
    name: str
    level: Level
    at: datetime
    week_first: date
    week_last: date
    total: Vitals
    areas: list[AreaVitals]
    items: list[ItemVitals]
    """Those with open orders or new ones, the most frequent of the week first."""
    places: list[PlaceVitals]
    """The ten with most open orders and new ones."""
