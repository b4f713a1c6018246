"""What the desk's filter offers to choose from, and what whoever sits there must know."""

from datetime import datetime
from typing import Any, NamedTuple

from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, StaffedUnit
from backend.calendars import queries as calendars
from backend.calendars.structs import Outlook
from backend.campaigns.records.troubles import SOURCE as CAMPAIGN
from backend.geo.area_codes import TOWN_CHARS
from backend.items import queries as items
from backend.orders.cases.root_cause import SOURCE as ROOT_CAUSE
from backend.orders.desk import DeskFilter, desk_areas
from backend.places import queries as places
from backend.places.structs import AreaName
from backend.web.views.active_filters import names_of_areas
from backend.web.views.item_choices import ItemCategory, categories
from backend.web.views.page import PageContext

_UNITS_MAX, _AREAS_MAX = 300, 400
SOURCES = ("report", "co_handling", ROOT_CAUSE, CAMPAIGN)


class FilterOptions(NamedTuple):
    categories: list[ItemCategory]
    units: list[StaffedUnit]
    areas: list[AreaName]
    sources: tuple[str, ...]


async def options_of(actor: Actor, desk_filter: DeskFilter) -> FilterOptions:
    areas = desk_areas(actor)
    towns = [area[:TOWN_CHARS] for area in (*areas, desk_filter.area, desk_filter.grid) if len(area) >= TOWN_CHARS]
    return FilterOptions(
        categories=categories(await items.list_items()),
        units=await accounts.list_staffed_units(areas, _UNITS_MAX),
        areas=await places.list_names(areas, towns, _AREAS_MAX),
        sources=SOURCES,
    )


def names_of(page: PageContext, desk_filter: DeskFilter, options: FilterOptions) -> dict[str, dict[Any, str]]:
    """How the chosen numbers and codes are called, by the filter's words."""
    areas = {area.code: area.name for area in options.areas}
    return {
        **names_of_areas(page, desk_filter, areas),
        "unit": {unit.id: page.pick(unit.name_zh, unit.name_en) for unit in options.units},
        "handler": {person.id: person.name for unit in options.units for person in unit.handlers},
        "item": {
            item.code: page.pick(item.name_zh, item.name_en) for each in options.categories for item in each.choices
        },
    }


async def outlook_of(actor: Actor, now: datetime) -> Outlook:
    areas = desk_areas(actor)
    return await calendars.get_outlook(areas[0] if areas else "", actor.account_id, now)
