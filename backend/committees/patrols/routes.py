"""Lay down a route: its name, and its places in the order of the walk. A task keeps the stops that it was born with."""

from datetime import datetime
from enum import StrEnum

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.committees.duty_list import queries as duty_list
from backend.committees.duty_list.errors import TemplateUnknown
from backend.committees.patrols import rules
from backend.committees.patrols.errors import (
    PatrolNotAllowed,
    PatrolRouteEmpty,
    PatrolRouteNotFound,
    PatrolRouteTaken,
    PlacesElsewhere,
)
from backend.committees.patrols.events import PatrolRouteSet
from backend.committees.patrols.structs import RouteDraft
from backend.events import service as events
from backend.geo import area_sql
from backend.geo.area_codes import TOWN_CHARS
from backend.sql import sql

_ADD = """
    INSERT INTO patrol_route (committee_code, template_id, name, is_on, set_by_id, set_at)
    VALUES (:committee_code, :template_id, :name, :is_on, :account_id, :now)
    ON CONFLICT ON CONSTRAINT patrol_route_name_once DO NOTHING RETURNING id
"""
_LOCK = """
    SELECT id, committee_code, template_id, name, is_on FROM patrol_route
    WHERE committee_code = $1 AND template_id = $2 AND name = $3 FOR UPDATE
"""
_LOCK_ONE = "SELECT id, committee_code, template_id, name, is_on FROM patrol_route WHERE id = $1 FOR UPDATE"
_CHANGE = """
    UPDATE patrol_route SET name = :name, is_on = :is_on, set_by_id = :account_id, set_at = :now WHERE id = :route_id
"""
_STOPS = "SELECT place_id FROM patrol_route_stop WHERE route_id = $1 ORDER BY seq"
_DROP_STOPS = "DELETE FROM patrol_route_stop WHERE route_id = $1"
_ADD_STOPS = """
    INSERT INTO patrol_route_stop (route_id, seq, place_id)
    SELECT $1, stop.seq, stop.place_id FROM unnest($2::bigint[]) WITH ORDINALITY AS stop(place_id, seq)
"""
_ELSEWHERE = f"""
    SELECT array_agg(asked) FROM unnest($1::bigint[]) AS asked
    WHERE NOT EXISTS (SELECT FROM place WHERE id = asked AND {area_sql.within("area_id", "$2::text")})
"""


class RouteChange(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class RouteSet(msgspec.Struct, frozen=True):
    """What became of a route that was set."""

    route_id: int
    change: RouteChange


async def set_route(draft: RouteDraft, actor: Actor | None, now: datetime) -> RouteSet:
    """Lay down a route, or bring the one of this name up to date. The same again changes nothing.

    No actor is the command line. Raises PatrolNotAllowed, TemplateUnknown, PatrolRouteEmpty, PlacesElsewhere.
    """
    async with db.transaction():
        await _check(draft, actor)
        by = {"account_id": actor.account_id if actor else None, "now": now}
        added = {"committee_code": draft.committee_code, "template_id": draft.template_id, "name": draft.name}
        route_id = await db.fetchval(sql(_ADD, **added, is_on=draft.is_on, **by))
        if route_id is not None:
            await _set_stops(route_id, draft)
            return RouteSet(route_id, RouteChange.NEW)
        row = await db.fetchrow(_LOCK, draft.committee_code, draft.template_id, draft.name)
        return await _bring_up_to_date(row, draft, by)


async def change_route(route_id: int, draft: RouteDraft, actor: Actor, now: datetime) -> RouteSet:
    """Change a route that is known by its id, its name too. Raises what `set_route` does, and PatrolRouteNotFound,
    PatrolRouteTaken.
    """
    async with db.transaction():
        await _check(draft, actor)
        row = await db.fetchrow(_LOCK_ONE, route_id)
        if row is None or (row["committee_code"], row["template_id"]) != (draft.committee_code, draft.template_id):
            raise PatrolRouteNotFound
        other = await db.fetchrow(_LOCK, draft.committee_code, draft.template_id, draft.name)
        if other is not None and other["id"] != route_id:
            raise PatrolRouteTaken
        return await _bring_up_to_date(row, draft, {"account_id": actor.account_id, "now": now})


async def _check(draft: RouteDraft, actor: Actor | None) -> None:
    if actor is not None and not rules.may_keep_routes(actor, draft.committee_code):
        raise PatrolNotAllowed
    template = await duty_list.find_template(draft.template_id)
    if template is None or template.area_code != draft.committee_code[:TOWN_CHARS]:
        raise TemplateUnknown
    if not draft.place_ids:
        raise PatrolRouteEmpty
    elsewhere = await db.fetchval(_ELSEWHERE, draft.place_ids, draft.committee_code)
    if elsewhere:
        raise PlacesElsewhere(elsewhere)


async def _bring_up_to_date(known: asyncpg.Record | None, draft: RouteDraft, by: dict[str, object]) -> RouteSet:
    assert known is not None
    places = [stop["place_id"] for stop in await db.fetch(_STOPS, known["id"])]
    if places == draft.place_ids and (known["name"], known["is_on"]) == (draft.name, draft.is_on):
        return RouteSet(known["id"], RouteChange.UNCHANGED)
    await db.execute(sql(_CHANGE, route_id=known["id"], name=draft.name, is_on=draft.is_on, **by))
    await _set_stops(known["id"], draft)
    return RouteSet(known["id"], RouteChange.CHANGED)


async def _set_stops(route_id: int, draft: RouteDraft) -> None:
    await db.execute(_DROP_STOPS, route_id)
    await db.execute(_ADD_STOPS, route_id, draft.place_ids)
    await events.record(PatrolRouteSet(subject_id=route_id, area_code=draft.committee_code))
