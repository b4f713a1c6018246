"""What areas are called, for whoever reads a page: a name, and its code only where the map does not know it."""

from collections.abc import Collection

from backend.geo.area_codes import TOWN_CHARS
from backend.places import queries as places


async def name_of(area: str) -> str:
    return (await names_of([area]))[area]


async def names_of(areas: Collection[str]) -> dict[str, str]:
    """The names of these areas, by code."""
    towns = {area[:TOWN_CHARS] for area in areas}
    found = {each.code: each.name for area in areas for each in await places.list_names([area], list(towns), 1)}
    return {area: found.get(area, area) for area in areas}
