"""Reads of elder care: for the committee and assigned visitors, and figures for the street. Nothing sealed is read."""

from datetime import date

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.elder_care import access
from backend.elder_care.errors import ElderNotFound
from backend.elder_care.structs import CareFigures, ElderView, OpeningView, VisitCounts, VisitorView, VisitView
from backend.geo.area_sql import within_any
from backend.sql import sql

PAGE_ROWS = 50
"""Rows of a list at a time: a committee may have hundreds of elders."""
_TOWN_CHARS, _COMMITTEE_CHARS = 9, 12
_VIEW = """
    SELECT e.id, e.area_code, e.place_id, coalesce(nullif(p.address, ''), p.name) AS place, e.label, e.risk, e.way,
        e.every_days, e.watch, e.devices, e.consent, e.consent_on, e.until, e.paused_until, e.ended_at,
        (SELECT count(*) FROM elder_visitor v WHERE v.elder_id = e.id AND v.until IS NULL) AS visitors
    FROM lone_elder e JOIN place p ON p.id = e.place_id
"""
_GET = f"{_VIEW} WHERE e.id = :elder_id AND {{visible}}"
_BY_RISK = "CASE {0}.risk WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, {0}.label, {0}.id"
_OF_REGISTER = "e.ended_at IS NULL AND {visible} AND starts_with(e.label, :label::text)"
_LIST = f"""
    {_VIEW} WHERE {_OF_REGISTER} AND (:after::bigint = 0
        OR ({_BY_RISK.format("e")}) > (SELECT {_BY_RISK.format("b")} FROM lone_elder b WHERE b.id = :after))
    ORDER BY {_BY_RISK.format("e")} LIMIT {PAGE_ROWS}
"""
_COUNT = f"SELECT count(*) FROM lone_elder e WHERE {_OF_REGISTER}"
_VISIT = """
    SELECT t.id, t.elder_id, e.label, coalesce(nullif(p.address, ''), p.name) AS place, e.area_code, e.risk, e.way,
        t.due_on, t.due_at, t.state, t.escalated, t.visitor_id, coalesce(a.display_name, '') AS visitor, t.order_id,
        (SELECT r.outcome FROM elder_visit_record r WHERE r.visit_id = t.id ORDER BY r.id DESC LIMIT 1) AS last_outcome
    FROM elder_visit t JOIN lone_elder e ON e.id = t.elder_id JOIN place p ON p.id = e.place_id
    LEFT JOIN account a ON a.id = t.visitor_id
"""
_OWN_FIRST = "{0}.visitor_id IS DISTINCT FROM :own::bigint, {0}.due_at, {1}.label, {0}.id"
_DUE = f"""
    {_VISIT} WHERE t.due_on = :day AND t.state = 'due' AND {{visible}} AND (:after::bigint = 0
        OR ({_OWN_FIRST.format("t", "e")}) > (SELECT {_OWN_FIRST.format("b", "be")}
            FROM elder_visit b JOIN lone_elder be ON be.id = b.elder_id WHERE b.id = :after))
    ORDER BY {_OWN_FIRST.format("t", "e")} LIMIT {PAGE_ROWS}
"""
_ENDED = f"""
    {_VISIT} WHERE t.due_on = :day AND t.state <> 'due' AND {{visible}} ORDER BY t.ended_at DESC, t.id DESC
    LIMIT {PAGE_ROWS}
"""
_COUNT_DAY = """
    SELECT count(*) FILTER (WHERE t.state = 'due') AS due, count(*) FILTER (WHERE t.state <> 'due') AS ended
    FROM elder_visit t JOIN lone_elder e ON e.id = t.elder_id WHERE t.due_on = :day AND {visible}
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
    WITH counted AS (
        SELECT left(e.area_code, :chars::int) AS area_code, count(*) AS elders,
            count(*) FILTER (WHERE e.risk = 'high') AS high, count(*) FILTER (WHERE e.paused_until >= :day) AS paused,
            count(t.id) FILTER (WHERE t.state = 'due') AS due, count(t.id) FILTER (WHERE t.state = 'done') AS done
        FROM lone_elder e LEFT JOIN elder_visit t ON t.elder_id = e.id AND t.due_on = :day
        WHERE e.ended_at IS NULL AND {within} GROUP BY 1
    ), late AS (
        SELECT left(e.area_code, :chars::int) AS area_code, count(*) AS missed
        FROM elder_visit m JOIN lone_elder e ON e.id = m.elder_id
        WHERE m.state = 'missed' AND m.due_on > :day::date - 30 AND {within} GROUP BY 1
    )
    SELECT counted.*, coalesce(late.missed, 0) AS missed FROM counted LEFT JOIN late USING (area_code)
    ORDER BY area_code
"""


async def get_elder(elder_id: int, reader: Actor) -> ElderView:
    """Raises ElderNotFound, also where the elder is not there for this reader."""
    row = await db.fetchrow(sql(_GET, elder_id=elder_id, visible=access.visible_to(reader)))
    if row is None:
        raise ElderNotFound
    return msgspec.convert(dict(row), ElderView)


async def list_elders(reader: Actor, label: str = "", after: int = 0) -> list[ElderView]:
    """Who is visited, those at the highest risk first. `label`: how their numbers begin; `after`: the last one seen."""
    rows = await db.fetch(sql(_LIST, visible=access.visible_to(reader), label=label, after=after))
    return [msgspec.convert(dict(row), ElderView) for row in rows]


async def count_elders(reader: Actor, label: str = "") -> int:
    return await db.fetchval(sql(_COUNT, visible=access.visible_to(reader), label=label))


async def list_due(reader: Actor, day: date, after: int = 0) -> list[VisitView]:
    """The visits that are still to be made on a day, the reader's own before others'. `after`: the last one seen."""
    row = {"day": day, "own": reader.account_id, "after": after}
    rows = await db.fetch(sql(_DUE, visible=access.visible_to(reader), **row))
    return [msgspec.convert(dict(row), VisitView) for row in rows]


async def list_ended(reader: Actor, day: date) -> list[VisitView]:
    """What was made, missed or called off on a day, the latest first and no more than a page of it."""
    rows = await db.fetch(sql(_ENDED, day=day, visible=access.visible_to(reader)))
    return [msgspec.convert(dict(row), VisitView) for row in rows]


async def count_day(reader: Actor, day: date) -> VisitCounts:
    row = await db.fetchrow(sql(_COUNT_DAY, day=day, visible=access.visible_to(reader)))
    assert row is not None
    return VisitCounts(**row)


async def list_visits_of(elder_id: int) -> list[VisitView]:
    """The latest visits of an elder. It asks nobody who may know."""
    return [msgspec.convert(dict(row), VisitView) for row in await db.fetch(_OF_ELDER, elder_id)]


async def list_visitors(elder_id: int) -> list[VisitorView]:
    return [msgspec.convert(dict(row), VisitorView) for row in await db.fetch(_VISITORS, elder_id)]


async def list_openings(elder_id: int) -> list[OpeningView]:
    """Who read what is sealed, the latest first."""
    return [msgspec.convert(dict(row), OpeningView) for row in await db.fetch(_OPENINGS, elder_id)]


async def count_care(reader: Actor, day: date) -> list[CareFigures]:
    """The committees of the reader's areas in numbers, of a district its streets; `missed`: in thirty days."""
    areas = reader.areas_of(*access.COUNTERS, *access.KEEPERS)
    is_wide = any(len(area) < _TOWN_CHARS for area in areas)
    chars = _TOWN_CHARS if is_wide else _COMMITTEE_CHARS
    rows = await db.fetch(sql(_FIGURES, day=day, chars=chars, within=within_any("e.area_code", areas, "care_area")))
    return [msgspec.convert(dict(row), CareFigures) for row in rows]


def is_running(elder: ElderView, today: date) -> bool:
    """Whether the elder is visited: neither ended nor past the term of the consent."""
    return elder.ended_at is None and today <= elder.until
