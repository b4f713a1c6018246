"""Open orders of the desk by grid cell, or by committee where a map of cells would be too fine to read."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.orders.deadlines.overdue import is_overdue
from backend.orders.desk.conditions import conditions_of, desk_areas
from backend.orders.desk.filters import DeskFilter
from backend.orders.desk.reading import reading
from backend.orders.desk.search import parse_search
from backend.sql import Sql, sql
from backend.structs import Read


class DeskCell(Read, frozen=True, kw_only=True):
    """`code` is a grid cell's or an area's; a grid cell's is empty where no cell covers the order."""

    code: str
    count: int
    overdue: int


async def list_cells(actor: Actor, desk_filter: DeskFilter, now: datetime, *, most: int) -> Sequence[DeskCell]:
    """The cells that have orders of an open tab; their committees, when there are more than `most` cells."""
    async with reading():
        found = conditions_of(actor, desk_filter, await parse_search(desk_filter.text, desk_areas(actor)), now)
        cells = await _grouped("o.grid_code", found, now)
        return cells if len(cells) <= most else await _grouped("left(o.area_code, 12)", found, now)


async def _grouped(by: str, found: Sql, now: datetime) -> list[DeskCell]:
    late = is_overdue(":now::timestamptz")
    text = f"""
        SELECT {by} AS code, count(*) AS count, count(*) FILTER (WHERE {late}) AS overdue
        FROM work_order o WHERE {{found}} GROUP BY 1 ORDER BY 2 DESC, 1
    """
    return [DeskCell(**row) for row in await db.fetch(sql(text, found=found, now=now))]
