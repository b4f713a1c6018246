"""An overview of an area's shops, for whoever one grant lets read their register. Five statements."""

from datetime import date, datetime, timedelta

from backend.accounts import permissions
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.calendars.rules import midnight, shanghai_date
from backend.geo.area_codes import TOWN_CHARS, child_chars, is_area
from backend.geo.area_sql import outermost
from backend.places import queries as places
from shops.overview import counting, rules
from shops.overview.errors import ShopOverviewMissing
from shops.overview.structs import PickupsSeen, ShopCount, ShopOverview
from shops.pickup.roles import READERS
from shops.pickup.routes import reading

FOUND_DAYS, PICKUP_DAYS, LOAD_DAYS = 30, 7, 7
"""Findings of so many days, pickups of so many, and the loads of so many ahead, today among them."""
_NAMES_MOST = 400


def areas_of(actor: Actor) -> list[str]:
    """The areas whose shops the actor reads, widest first; none lies in another."""
    return [area for area in outermost(permissions.areas_of(actor, Permission.READ_SHOPS)) if is_area(area)]


def require_area(actor: Actor, area: str | None) -> str:
    """The area that is asked for, else the actor's first one. Raises ShopOverviewMissing out of the actor's sight."""
    code = area or next(iter(areas_of(actor)), "")
    if not is_area(code) or not may_within(actor, Permission.READ_SHOPS, code):
        raise ShopOverviewMissing
    return code


async def view_overview(area: str | None, actor: Actor, now: datetime) -> ShopOverview:
    """Of the area that is asked for, else the actor's first one. Raises ShopOverviewMissing."""
    code, today = require_area(actor, area), shanghai_date(now)
    found_since, pickups_since = first_day(today, FOUND_DAYS), first_day(today, PICKUP_DAYS)
    cells = await counting.count_shops(code, now)
    names = {each.code: each.name for each in await places.list_names([code], [code[:TOWN_CHARS]], _NAMES_MOST)}
    return ShopOverview(
        area_code=code,
        name=names.get(code, code),
        at=now,
        found_since=found_since,
        pickups_since=pickups_since,
        total=rules.add(code, cells),
        areas=_within(code, cells),
        cells=cells,
        names=names,
        departments=await counting.rate_departments(code, midnight(found_since), now),
        pickups=await _pickups(code, pickups_since, today, now) if actor.holds(code, *READERS) else None,
    )


def first_day(today: date, days: int) -> date:
    """The first of so many days of which today is the last."""
    return today - timedelta(days=days - 1)


def _within(code: str, cells: list[ShopCount]) -> list[ShopCount]:
    chars = child_chars(code)
    return rules.by_prefix(cells, chars) if chars else []


async def _pickups(code: str, since: date, today: date, now: datetime) -> PickupsSeen:
    timings = await counting.time_routes(code, midnight(since), now)
    loads = await reading.list_loads_within(code, today, LOAD_DAYS)
    return PickupsSeen(timings=timings, loads=rules.by_day(loads))
