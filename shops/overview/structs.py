"""An area's shops in numbers. Days are of Shanghai, instants UTC, shares from 0 to 1."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from backend.structs import Read
from shops.grades.structs import Grade


class ShopFigureName(StrEnum):
    """What is measured; every one of them has a definition in words."""

    SHOPS = "shops"
    GRADE_A = "grade_a"
    GRADE_B = "grade_b"
    GRADE_C = "grade_c"
    OVERDUE = "overdue"
    VISIT_DUE = "visit_due"
    RECTIFIED = "rectified"
    IN_TIME = "in_time"
    ON_TIME = "on_time"


class Concern(StrEnum):
    """Why a shop is looked at."""

    OVERDUE = "overdue"
    """It has not put something right until the day on which it was due."""
    VISIT_DUE = "visit"
    """It trades, and nobody has inspected it for longer than its grade allows."""


class WhichFindings(StrEnum):
    DUE = "due"
    """All that were put right or fell due."""
    OPEN = "open"
    """Those of them that are not put right."""
    LATE = "late"
    """Those of them with which the shop was late, or is."""


class ShopFigure(msgspec.Struct, frozen=True):
    """A number or a share; None where there is nothing to measure. `n`: of so many."""

    value: float | None
    n: int | None = None


class ShopCount(Read, frozen=True, kw_only=True):
    """Shops of an area or a grid cell, with those among them. `code` is empty for what lies in no area within."""

    code: str
    shops: int = 0
    grades: dict[Grade, int] = {}
    overdue: int = 0
    trading: int = 0
    visit_due: int = 0


class DepartmentRate(Read, frozen=True, kw_only=True):
    """What became of what a department found. `due`: put right, or fallen due; the others are among these."""

    department: str
    found: int
    due: int
    rectified: int
    in_time: int


class RouteTiming(Read, frozen=True, kw_only=True):
    """The pickups of a route whose time is over. `due`: all of them; missed ones are among these."""

    route_id: int
    route: str
    due: int
    on_time: int
    missed: int


class RouteDayLoad(Read, frozen=True, kw_only=True):
    """How full a route is on a day, over all kinds: in places, and in litres of its vehicle."""

    route_id: int
    route: str
    on_date: date
    capacity: int
    booked: int
    load_l: int
    loaded_l: int


class PickupsSeen(Read, frozen=True, kw_only=True):
    """Pickups of the shops of an area, and the routes that serve it."""

    timings: list[RouteTiming]
    loads: list[RouteDayLoad]


class ShopOverview(Read, frozen=True, kw_only=True):
    """Findings count that were made since `found_since`, pickups whose day is not before `pickups_since`."""

    area_code: str
    name: str
    at: datetime
    found_since: date
    pickups_since: date
    total: ShopCount
    areas: list[ShopCount]
    """The areas within, those with most shops that are late first."""
    cells: list[ShopCount]
    """By grid cell; a shop that lies in none is counted by its area."""
    names: dict[str, str]
    """Of the area and those within, by code."""
    departments: list[DepartmentRate]
    pickups: PickupsSeen | None
    """None for whoever may not read the bookings of these shops."""


class ListedFinding(Read, frozen=True, kw_only=True):
    """A finding that a rate counts."""

    id: int
    shop_id: int
    shop: str
    department: str
    words_zh: str
    words_en: str
    found_at: datetime
    due_at: datetime
    fixed_at: datetime | None
    state: str
    is_overdue: bool


class ListedPickup(Read, frozen=True, kw_only=True):
    """A pickup whose time is over."""

    id: int
    number: str
    order_id: int
    shop: str
    route: str
    kind: str
    state: str
    starts_at: datetime
    ends_at: datetime
    arrived_at: datetime | None
    is_on_time: bool
