"""Add counts up, and say what they come to. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shops.grades.structs import Grade
from shops.overview.structs import (
    DepartmentRate,
    RouteDayLoad,
    RouteTiming,
    ShopCount,
    ShopFigure,
    ShopFigureName,
    ShopOverview,
)
from shops.pickup.routes.structs import SlotLoad

Name = ShopFigureName


def add(code: str, counts: Iterable[ShopCount]) -> ShopCount:
    """All of these as one."""
    each = list(counts)
    return ShopCount(
        code=code,
        shops=sum(one.shops for one in each),
        grades={grade: sum(one.grades.get(grade, 0) for one in each) for grade in Grade},
        overdue=sum(one.overdue for one in each),
        trading=sum(one.trading for one in each),
        visit_due=sum(one.visit_due for one in each),
    )


def by_prefix(counts: Iterable[ShopCount], chars: int) -> list[ShopCount]:
    """By the areas of so many digits, those with most late shops first; at the end what lies in none of them."""
    parts: dict[str, list[ShopCount]] = defaultdict(list)
    for one in counts:
        parts[one.code[:chars]].append(one)
    found = [add(code, some) for code, some in parts.items()]
    return sorted(found, key=lambda one: (len(one.code) < chars, -one.overdue, -one.grades[Grade.C], one.code))


def by_day(loads: Sequence[SlotLoad]) -> list[RouteDayLoad]:
    """The kinds of a route's day as one, by day."""
    days: dict[tuple[object, ...], list[SlotLoad]] = defaultdict(list)
    for one in loads:
        days[one.on_date, one.route, one.route_id].append(one)
    return [_day(kinds) for _, kinds in sorted(days.items(), key=lambda item: item[0])]


def figures_of(overview: ShopOverview) -> dict[ShopFigureName, ShopFigure]:
    """All figures of an area; those of pickups only for whoever may read bookings."""
    total, shops = overview.total, overview.total.shops
    grades = {Name.GRADE_A: Grade.A, Name.GRADE_B: Grade.B, Name.GRADE_C: Grade.C}
    found = {Name.SHOPS: ShopFigure(shops)}
    found |= {name: ShopFigure(total.grades.get(grade, 0), shops) for name, grade in grades.items()}
    found |= {Name.OVERDUE: ShopFigure(total.overdue, shops)}
    found |= {Name.VISIT_DUE: ShopFigure(total.visit_due, total.trading)}
    found |= rates(overview.departments)
    if overview.pickups is not None:
        found[Name.ON_TIME] = on_time(overview.pickups.timings)
    return found


def rates(departments: Sequence[DepartmentRate]) -> dict[ShopFigureName, ShopFigure]:
    """What was put right, and what in time, of what fell due."""
    due = sum(one.due for one in departments)
    return {
        Name.RECTIFIED: _share(sum(one.rectified for one in departments), due),
        Name.IN_TIME: _share(sum(one.in_time for one in departments), due),
    }


def on_time(timings: Sequence[RouteTiming]) -> ShopFigure:
    return _share(sum(one.on_time for one in timings), sum(one.due for one in timings))


def _share(part: int, whole: int) -> ShopFigure:
    return ShopFigure(part / whole if whole else None, whole)


def _day(kinds: Sequence[SlotLoad]) -> RouteDayLoad:
    first = kinds[0]
    return RouteDayLoad(
        route_id=first.route_id,
        route=first.route,
        on_date=first.on_date,
        capacity=sum(one.capacity for one in kinds),
        booked=sum(one.booked for one in kinds),
        load_l=sum(one.load_l for one in kinds),
        loaded_l=sum(one.loaded_l for one in kinds),
    )
