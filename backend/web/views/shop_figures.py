"""Figures of an area's shops as a page says them, and how full its routes are. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backend.web.views.figures import FEW, share_in_words
from shops.overview.structs import RouteDayLoad, RouteTiming, ShopFigure, ShopFigureName

PathOf = Callable[[ShopFigureName], str | None]
SHARES = (ShopFigureName.RECTIFIED, ShopFigureName.IN_TIME, ShopFigureName.ON_TIME)
_BAD = (ShopFigureName.OVERDUE, ShopFigureName.GRADE_C)


@dataclass(frozen=True, slots=True)
class ShownShopFigure:
    name: ShopFigureName
    words: str
    n: int | None
    path: str | None
    """Of the page that lists what it counts, or is measured over."""
    is_few: bool
    is_bad: bool


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route with its pickups that are over, and its days ahead."""

    route_id: int
    route: str
    timing: RouteTiming | None
    days: list[RouteDayLoad | None]


def shown(figures: Mapping[ShopFigureName, ShopFigure], path_of: PathOf) -> list[ShownShopFigure]:
    """In their order. `path_of`: the page that lists what one counts."""
    return [_shown(name, figures[name], path_of(name)) for name in ShopFigureName if name in figures]


def _shown(name: ShopFigureName, figure: ShopFigure, path: str | None) -> ShownShopFigure:
    is_share = name in SHARES
    return ShownShopFigure(
        name=name,
        words=share_in_words(figure.value) if is_share else f"{figure.value or 0:.0f}",
        n=figure.n,
        path=path,
        is_few=is_share and 0 < (figure.n or 0) < FEW,
        is_bad=name in _BAD and bool(figure.value),
    )


def route_rows(timings: Sequence[RouteTiming], loads: Sequence[RouteDayLoad], days: Sequence[date]) -> list[RouteRow]:
    """A row for each route that has either, by name."""
    by_day = {(each.route_id, each.on_date): each for each in loads}
    timing = {each.route_id: each for each in timings}
    names = {each.route_id: each.route for each in (*timings, *loads)}
    return [
        RouteRow(route_id, route, timing.get(route_id), [by_day.get((route_id, day)) for day in days])
        for route_id, route in sorted(names.items(), key=lambda item: (item[1], item[0]))
    ]
