"""Reads of elder care: for the committee and assigned visitors, and figures for the street. Nothing sealed is read."""

from datetime import date

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.elder_care import access
from backend.elder_care.errors import ElderNotFound
from backend.elder_care.structs import CareFigures, ElderView, OpeningView, VisitorView, VisitView
from backend.geo.area_sql import within_any
from backend.sql import sql

_MOST = 300
_VIEW = """
    SELECT e.id, e.area_code, e.place_id, coalesce(nullif(p.address, ''), p.name) AS place, e.label, e.risk, e.way,
        e.every_days, e.watch, e.devices, e.consent, e.consent_on, e.until, e.ended_at,
        (SELECT count(*) FROM elder_visitor v WHERE v.elder_id = e.id AND v.until IS NULL) AS visitors
    FROM lone_elder e JOIN place p ON p.id = e.place_id
"""
_GET = f"{_VIEW} WHERE e.id = :elder_id AND {{visible}}"
_LIST = f"""
    {_VIEW} WHERE e.ended_at IS NULL AND {{visible}}
    ORDER BY CASE e.risk WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, e.label, e.id LIMIT {_MOST}
"""
_VISIT = """
    SELECT t.id, t.elder_id, e.label, coalesce(nullif(p.address, ''), p.name) AS place, e.area_code, e.risk, e.way,
        t.due_on, t.due_at, t.state, t.escalated, t.visitor_id, coalesce(a.display_name, '') AS visitor, t.order_id,
        (SELECT r.outcome FROM elder_visit_record r WHERE r.visit_id = t.id ORDER BY r.id DESC LIMIT 1) AS last_outcome
    FROM elder_visit t JOIN lone_elder e ON e.id = t.elder_id JOIN place p ON p.id = e.place_id
    LEFT JOIN account a ON a.id = t.visitor_id
"""
_OF_DAY = f"""
    {_VISIT} WHERE t.due_on = :day AND {{visible}}
    ORDER BY t.state <> 'due', t.visitor_id IS DISTINCT FROM :own::bigint, t.due_at, e.label LIMIT {_MOST}
"""
_OF_ELDER = f"{_VISIT} WHERE t.elder_id = $1 ORDER BY t.due_on DESC LIMIT 30"
_VISITORS = """
    SELECT v.account_id, a.display_name AS name, v.since FROM elder_visitor v JOIN account a ON a.id = v.account_id
    WHERE v.elder_id = $1 AND v.until IS NULL ORDER BY v.since, v.id
"""
_OPENINGS = """
    SELECT a.display_name AS name, o.at FROM elder_opening o JOIN account a ON a.id = o.account_id
    WHERE o.elder_id = $1 ORDER BY o.id DESC LIMIT 30
"""
_FIGURES = """
    SELECT e.area_code, count(*) AS elders, count(*) FILTER (WHERE e.risk = 'high') AS high,
        count(t.id) FILTER (WHERE t.state = 'due') AS due, count(t.id) FILTER (WHERE t.state = 'done') AS done,
        (SELECT count(*) FROM elder_visit m JOIN lone_elder me ON me.id = m.elder_id
         WHERE me.area_code = e.area_code AND m.state = 'missed' AND m.due_on > :day::date - 30) AS missed
    FROM lone_elder e LEFT JOIN elder_visit t ON t.elder_id = e.id AND t.due_on = :day
    WHERE e.ended_at IS NULL AND {within} GROUP BY e.area_code ORDER BY e.area_code
"""


async def get_elder(elder_id: int, reader: Actor) -> ElderView:
    """Raises ElderNotFound, also where the elder is not there for this reader."""
    row = await db.fetchrow(sql(_GET, elder_id=elder_id, visible=access.visible_to(reader)))
    if row is None:
        raise ElderNotFound
    return msgspec.convert(dict(row), ElderView)


async def list_elders(reader: Actor) -> list[ElderView]:
    """Who is visited, those at the highest risk first."""
    rows = await db.fetch(sql(_LIST, visible=access.visible_to(reader)))
    return [msgspec.convert(dict(row), ElderView) for row in rows]


async def list_visits(reader: Actor, day: date) -> list[VisitView]:
    """The visits of a day, those to be made first, the reader's own before others'."""
    rows = await db.fetch(sql(_OF_DAY, day=day, own=reader.account_id, visible=access.visible_to(reader)))
    return [msgspec.convert(dict(row), VisitView) for row in rows]


async def list_visits_of(elder_id: int) -> list[VisitView]:
    """The latest visits of an elder. It asks nobody who may know."""
    return [msgspec.convert(dict(row), VisitView) for row in await db.fetch(_OF_ELDER, elder_id)]


async def list_visitors(elder_id: int) -> list[VisitorView]:
    return [msgspec.convert(dict(row), VisitorView) for row in await db.fetch(_VISITORS, elder_id)]


async def list_openings(elder_id: int) -> list[OpeningView]:
    """Who read what is sealed, the latest first."""
    return [msgspec.convert(dict(row), OpeningView) for row in await db.fetch(_OPENINGS, elder_id)]


async def count_care(reader: Actor, day: date) -> list[CareFigures]:
    """The committees of the reader's areas in numbers; `missed`: in thirty days."""
    areas = reader.areas_of(*access.COUNTERS, *access.KEEPERS)
    rows = await db.fetch(sql(_FIGURES, day=day, within=within_any("e.area_code", areas, "care_area")))
    return [msgspec.convert(dict(row), CareFigures) for row in rows]


def is_running(elder: ElderView, today: date) -> bool:
    """Whether the elder is visited: neither ended nor past the term of the consent."""
    return elder.ended_at is None and today <= elder.until
