"""Areas and days as statements about sums take them in: an area is the areas of orders within it."""

from collections.abc import Sequence
from typing import Any

from backend import db
from backend.geo.area_sql import outermost
from backend.indicators.reading.spans import SpanRange
from backend.indicators.reading.statements import COUNTED_AREAS
from backend.indicators.structs import Grain
from backend.sql import sql


def counted_once(areas: Sequence[str], by: str) -> list[str]:
    """By area each has its own figures, whatever lies in it; by anything else none may count twice."""
    return list(dict.fromkeys(areas)) if by is Grain.AREA else outermost(areas)


def bound_ranges(ranges: Sequence[SpanRange]) -> dict[str, list[Any]]:
    return {
        "spans": [each.span.value for each in ranges],
        "firsts": [each.first for each in ranges],
        "lasts": [each.last for each in ranges],
    }


async def list_counted_areas(areas: Sequence[str]) -> list[str]:
    """The areas of orders within these of which anything was counted."""
    return [row["code"] for row in await db.fetch(sql(COUNTED_AREAS, areas=list(areas), **bound_ranges([])))]
