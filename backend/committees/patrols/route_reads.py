"""Reads of routes: those of a committee with what the duty list says of them, and one with its places."""

from datetime import date

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.committees.duty_list import queries as duty_list
from backend.committees.patrols import rules
from backend.committees.patrols.errors import PatrolNotAllowed, PatrolRouteNotFound
from backend.committees.patrols.structs import RouteView, TaskName

_COLUMNS = """
    r.id, r.committee_code, r.template_id, r.name, r.is_on, m.code, m.kind, m.name_zh, m.name_en,
    (SELECT count(*) FROM patrol_route_stop WHERE route_id = r.id) AS stops
"""
_FROM = "FROM patrol_route r JOIN task_template m ON m.id = r.template_id"
_ALL = f"SELECT {_COLUMNS} {_FROM} WHERE r.committee_code = $1 ORDER BY m.kind, m.code, r.name"
_ONE = f"SELECT {_COLUMNS} {_FROM} WHERE r.id = $1"
_LINES = """
    SELECT coalesce(nullif(p.address, ''), nullif(p.name, ''), p.road_name || p.house_number) AS line, s.place_id
    FROM patrol_route_stop s JOIN place p ON p.id = s.place_id WHERE s.route_id = $1 ORDER BY s.seq
"""


async def has_routes(committee_code: str) -> bool:
    return await db.fetchval("SELECT EXISTS (SELECT FROM patrol_route WHERE committee_code = $1)", committee_code)


async def list_routes(committee_code: str, keeper: Actor, today: date) -> list[RouteView]:
    """A committee's routes, those that were switched off too. Raises PatrolNotAllowed."""
    if not rules.may_keep_routes(keeper, committee_code):
        raise PatrolNotAllowed
    in_force = {entry.template_id for entry in await duty_list.list_in_force(committee_code, today) if entry.is_on}
    return [_view(row, in_force) for row in await db.fetch(_ALL, committee_code)]


async def get_route(route_id: int, keeper: Actor, today: date) -> RouteView:
    """Raises PatrolRouteNotFound."""
    row = await db.fetchrow(_ONE, route_id)
    if row is None or not rules.may_keep_routes(keeper, row["committee_code"]):
        raise PatrolRouteNotFound
    entries = await duty_list.list_in_force(row["committee_code"], today)
    return _view(row, {entry.template_id for entry in entries if entry.is_on})


async def list_places(route_id: int) -> list[tuple[int, str]]:
    """The places of a route in order: ids, and their addresses or names."""
    return [(row["place_id"], row["line"]) for row in await db.fetch(_LINES, route_id)]


def _view(row: asyncpg.Record, in_force: set[int]) -> RouteView:
    return RouteView(
        **{name: row[name] for name in ("id", "committee_code", "template_id", "name", "is_on", "stops")},
        task=TaskName(code=row["code"], kind=row["kind"], name_zh=row["name_zh"], name_en=row["name_en"]),
        is_in_force=row["template_id"] in in_force,
    )
