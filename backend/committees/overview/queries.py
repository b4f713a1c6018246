"""An overview of an area, for whoever one grant shows it. Five statements beside those of the desk's settings."""

from collections.abc import Mapping
from datetime import datetime

from backend.accounts import permissions
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.committees.overview import figures
from backend.committees.overview.errors import OverviewMissing
from backend.committees.overview.structs import AreaVitals, FigureName, ItemVitals, Level, Overview, PlaceVitals, Vitals
from backend.committees.patrols.coverage import PatrolCoverage, list_coverage
from backend.geo.area_codes import COMMITTEE_CHARS, TOWN_CHARS, child_chars, is_area
from backend.geo.area_sql import outermost
from backend.items import queries as items
from backend.orders.desk import DeskFilter, Tallies, Week, tally, week_to
from backend.places import queries as places

_AREAS_MOST = 400


def areas_of(actor: Actor) -> list[str]:
    """The areas of which the actor reads overviews, widest first; none lies in another."""
    return outermost(permissions.areas_of(actor, Permission.READ_OVERVIEW))


def require_area(actor: Actor, area_code: str | None, least_chars: int = 0) -> str:
    """The area that is asked for, else the actor's first one. Raises OverviewMissing out of the actor's sight."""
    code = area_code or next((area for area in areas_of(actor) if len(area) >= least_chars), "")
    if not is_area(code) or not may_within(actor, Permission.READ_OVERVIEW, code):
        raise OverviewMissing
    return code


async def view_overview(area_code: str | None, actor: Actor, now: datetime, *, is_brief: bool = False) -> Overview:
    """Of the area that is asked for, else the actor's first one; in brief without patrols and places, two statements
    less. Raises OverviewMissing.
    """
    code = require_area(actor, area_code)
    week, chars = week_to(now), _chars_within(code)
    counted = await tally(code, chars, week, now)
    walked = [] if is_brief else await list_coverage([code], week.first, week.last)
    named = await places.list_names([code], [code[:TOWN_CHARS]], _AREAS_MOST)
    names = {area.code: area.name for area in named}
    return Overview(
        area_code=code,
        name=names.get(code, code),
        level=_level(code),
        at=now,
        week_first=week.first,
        week_last=week.last,
        total=_vitals(counted, "total", "", DeskFilter(area=code), week) | figures.covered(walked, code),
        areas=_areas(code, chars, counted, walked, names, week) if len(code) < COMMITTEE_CHARS else [],
        items=await _items(code, counted, week),
        places=[] if is_brief else await _places(code, counted, week),
    )


async def view_vitals(area_code: str, actor: Actor, now: datetime) -> Vitals:
    """The figures of an area as a whole, coverage included. Raises OverviewMissing."""
    code, week = require_area(actor, area_code), week_to(now)
    counted = await tally(code, _chars_within(code), week, now)
    walked = await list_coverage([code], week.first, week.last)
    return _vitals(counted, "total", "", DeskFilter(area=code), week) | figures.covered(walked, code)


def _chars_within(code: str) -> int:
    """How long the codes are by which an area is counted: those of the areas within; a committee's by itself."""
    return child_chars(code) or len(code)


def _level(code: str) -> Level:
    return {COMMITTEE_CHARS: Level.COMMITTEE, TOWN_CHARS: Level.TOWN}.get(len(code), Level.DISTRICT)


def _vitals(counted: Tallies, by: str, key: str, within: DeskFilter, week: Week) -> Vitals:
    reported, closed = counted.reported[by].get(key), counted.closed[by].get(key)
    return figures.reported(reported, within, week) | figures.closed(closed, within, week)


def _areas(
    area_code: str,
    chars: int,
    counted: Tallies,
    walked: list[PatrolCoverage],
    names: Mapping[str, str],
    week: Week,
) -> list[AreaVitals]:
    """Every area within that has a name or an order, the most pressing first; at the end what lies in none of them."""
    codes = (
        {code for code in names if len(code) == chars} | counted.reported["area"].keys() | counted.closed["area"].keys()
    )
    found = []
    for code in codes:
        vitals = _vitals(counted, "area", code, DeskFilter(area=code), week)
        if is_rest := len(code) < chars:
            vitals = figures.without_lists(vitals)
        else:
            vitals |= figures.covered([each for each in walked if each.committee_code.startswith(code)], code)
        found.append(AreaVitals(code=code, name=names.get(code, code), figures=vitals, is_rest=is_rest))
    return sorted(found, key=lambda each: (each.is_rest, *_most_pressing(each.figures), each.code))


async def _items(area_code: str, counted: Tallies, week: Week) -> list[ItemVitals]:
    names = await items.list_names()
    codes = counted.reported["item"].keys() | counted.closed["item"].keys()
    found = []
    for code in codes:
        name_zh, name_en = names.get(code, (code, code))
        vitals = _vitals(counted, "item", code, DeskFilter(area=area_code, item=code), week)
        found.append(ItemVitals(code=code, name_zh=name_zh, name_en=name_en, figures=vitals))
    return sorted(found, key=lambda each: (*_most_frequent(each.figures), each.code))


async def _places(area_code: str, counted: Tallies, week: Week) -> list[PlaceVitals]:
    by_id = {int(key): tally for key, tally in counted.reported["place"].items()}
    labels = await places.list_labels(list(by_id))
    found = [
        PlaceVitals(
            place_id=place_id,
            label=labels.get(place_id, str(place_id)),
            figures=figures.reported(tally, DeskFilter(area=area_code, place_id=place_id), week),
        )
        for place_id, tally in by_id.items()
    ]
    return sorted(found, key=lambda each: (*_most_frequent(each.figures), each.place_id))


def _most_pressing(vitals: Vitals) -> tuple[float, float]:
    return -(vitals[FigureName.OVERDUE].value or 0), -(vitals[FigureName.OPEN].value or 0)


def _most_frequent(vitals: Vitals) -> tuple[float, float]:
    new, is_open = vitals[FigureName.NEW].value or 0, vitals[FigureName.OPEN].value or 0
    return -new, -is_open
