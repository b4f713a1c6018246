"""Reads of patrols: a day's tasks within the reader's areas, and one of them with its stops."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.committees.patrols import rules
from backend.committees.patrols.errors import PatrolNotFound
from backend.committees.patrols.structs import FoundOrder, StopView, TaskDetail, TaskName, TaskState, TaskView
from backend.geo import area_sql
from backend.geo.lonlat import LonLat
from backend.sql import sql

LIST_MOST = 200
_COLUMNS = """
    t.id, t.version, t.state, t.committee_code, t.due_on, t.walker_id, t.claimed_at, t.finished_at, r.name AS route,
    m.code, m.kind, m.name_zh, m.name_en, m.item_id AS item_code, m.expected_min, w.display_name AS walker,
    coalesce(c.name, t.committee_code) AS committee, s.stops, s.proved, s.missed, s.findings
"""
_FROM = """
    FROM patrol_task t JOIN patrol_route r ON r.id = t.route_id JOIN task_template m ON m.id = r.template_id
    LEFT JOIN account w ON w.id = t.walker_id LEFT JOIN area c ON c.code = t.committee_code
    JOIN LATERAL (
        SELECT count(*) AS stops, count(proved_at) AS proved, count(*) FILTER (WHERE is_missed) AS missed,
               (SELECT count(*) FROM patrol_finding f JOIN patrol_stop fs ON fs.id = f.stop_id
                WHERE fs.task_id = t.id) AS findings
        FROM patrol_stop WHERE task_id = t.id
    ) s ON true
"""
# A walk that began before midnight goes on.
_LIST = f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE (t.due_on = :day OR t.due_on = :day::date - 1 AND t.state = 'claimed' AND t.walker_id = :reader)
      AND {{within}} AND {area_sql.within("t.committee_code", ":area::text")}
    ORDER BY (t.walker_id = :reader AND t.state = 'claimed') IS NOT TRUE, t.state <> 'open', t.committee_code, m.kind,
             m.code, r.name, t.id
    LIMIT {LIST_MOST}
"""
_ONE = f"SELECT {_COLUMNS} {_FROM} WHERE t.id = $1"
_STOPS = """
    SELECT s.id, s.seq, s.place_id, s.proved_at, s.method, s.distance_m, s.grade, s.doubts, s.is_missed,
           coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number) AS label, p.address,
           ST_X(p.loc::geometry) AS lng, ST_Y(p.loc::geometry) AS lat
    FROM patrol_stop s JOIN place p ON p.id = s.place_id WHERE s.task_id = $1 ORDER BY s.seq
"""
_FOUND = """
    SELECT f.stop_id, f.order_id, o.number, o.state FROM patrol_finding f
    JOIN patrol_stop s ON s.id = f.stop_id JOIN work_order o ON o.id = f.order_id
    WHERE s.task_id = $1 ORDER BY f.id
"""
_HERE = """
    SELECT t.id, r.name AS route FROM patrol_task t JOIN patrol_route r ON r.id = t.route_id
    JOIN patrol_stop s ON s.task_id = t.id
    WHERE t.walker_id = $1 AND t.state = 'claimed' AND s.place_id = $2 AND s.proved_at IS NULL ORDER BY t.id
"""


async def list_tasks(reader: Actor, day: date, area_code: str = "") -> list[TaskView]:
    """A day's tasks within the reader's areas, and within `area_code`, a prefix: the reader's own first, then open."""
    areas = reader.areas_of(*rules.WALKERS, *rules.OVERSEERS)
    within = area_sql.within_any("t.committee_code", areas, "of_reader")
    values = {"day": day, "reader": reader.account_id, "area": area_code}
    return [_view(row, reader, TaskView) for row in await db.fetch(sql(_LIST, within=within, **values))]


async def get_task(task_id: int, reader: Actor, now: datetime) -> TaskDetail:
    """One task; its stops for those who may know them. Raises PatrolNotFound."""
    row = await db.fetchrow(_ONE, task_id)
    if row is None or not rules.may_read(reader, row["committee_code"]):
        raise PatrolNotFound
    state, is_mine = TaskState(row["state"]), row["walker_id"] == reader.account_id
    is_open = rules.is_open_at(row["due_on"], now)
    may_walk = rules.may_walk(reader, row["committee_code"])
    sees = rules.sees_stops(reader, row["committee_code"], row["walker_id"], row["due_on"], now)
    may_keep = rules.may_keep_routes(reader, row["committee_code"])
    return _view(
        row,
        reader,
        TaskDetail,
        claimed_at=row["claimed_at"],
        finished_at=row["finished_at"],
        item_code=row["item_code"],
        radius_m=rules.RADIUS_M,
        may_claim=may_walk and is_open and state is TaskState.OPEN,
        may_walk_on=may_walk and is_mine and is_open and state is TaskState.CLAIMED,
        may_hand_back=state is TaskState.CLAIMED and (is_mine or may_keep),
        visits=await _stops(task_id) if sees else [],
    )


async def list_here(place_id: int, walker: Actor) -> list[tuple[int, str]]:
    """What somebody walks that still has to visit this place: ids, and names of routes."""
    return [(row["id"], row["route"]) for row in await db.fetch(_HERE, walker.account_id, place_id)]


async def _stops(task_id: int) -> list[StopView]:
    found: dict[int, list[FoundOrder]] = {}
    for row in await db.fetch(_FOUND, task_id):
        order = FoundOrder(order_id=row["order_id"], number=row["number"], state=row["state"])
        found.setdefault(row["stop_id"], []).append(order)
    return [_stop(dict(row), found) for row in await db.fetch(_STOPS, task_id)]


def _stop(fields: dict[str, Any], found: Mapping[int, list[FoundOrder]]) -> StopView:
    orders, point = found.get(fields.pop("id"), []), LonLat(fields.pop("lng"), fields.pop("lat"))
    return msgspec.convert({**fields, "point": point, "found": orders}, StopView)


def _view(row: asyncpg.Record, reader: Actor, kind: type[TaskView], **more: Any) -> Any:
    plain = ("id", "version", "route", "committee_code", "committee", "due_on", "expected_min", "stops", "proved")
    return kind(
        **{name: row[name] for name in (*plain, "missed", "findings")},
        state=TaskState(row["state"]),
        task=TaskName(code=row["code"], kind=row["kind"], name_zh=row["name_zh"], name_en=row["name_en"]),
        closes_at=rules.closes_at(row["due_on"]),
        is_mine=row["walker_id"] == reader.account_id,
        walker=row["walker"] if rules.may_oversee(reader, row["committee_code"]) else None,
        **more,
    )
