"""What the clock does: make the visits of the day, tell of those that nobody made, and forget whose term is over.

A missed visit is due again the next day, whatever the rhythm: days of rest are days like others to whoever lives alone.

Each of these may run on two workers at once and any number of times.
"""

from datetime import date, datetime
from typing import Any

import msgspec

from backend import db
from backend.calendars.rules import shanghai_date
from backend.elder_care import rules
from backend.elder_care.events import VisitMissed
from backend.elder_care.rules import LEVELS_MOST, Risk
from backend.events import service as events
from backend.sql import sql

BATCH = 200
_OVER = "UPDATE elder_visit SET state = 'missed', ended_at = $2 WHERE state = 'due' AND due_on < $1"
_MAKE = """
    INSERT INTO elder_visit (elder_id, due_on, due_at, visitor_id)
    SELECT e.id, :today, due.at, (SELECT v.account_id FROM elder_visitor v
        WHERE v.elder_id = e.id AND v.until IS NULL ORDER BY v.since, v.id LIMIT 1)
    FROM lone_elder e JOIN jsonb_to_recordset(:due::jsonb) AS due (risk text, at timestamptz) ON due.risk = e.risk
    WHERE e.ended_at IS NULL AND e.until >= :today AND e.added_at < due.at
      AND (e.paused_until IS NULL OR e.paused_until < :today)
      AND NOT EXISTS (SELECT FROM elder_visit t
        WHERE t.elder_id = e.id AND t.due_on > :today::date - e.every_days AND t.state IN ('due', 'done'))
    ON CONFLICT (elder_id, due_on) DO NOTHING RETURNING id
"""
_NEXT = f"""
    SELECT t.id, t.due_at, t.escalated, t.visitor_id, e.label, e.risk, e.area_code
    FROM elder_visit t JOIN lone_elder e ON e.id = t.elder_id
    WHERE t.state = 'due' AND t.due_at <= :now AND t.escalated < {LEVELS_MOST} AND t.id > :after
    ORDER BY t.id LIMIT :most FOR UPDATE OF t SKIP LOCKED
"""
_RAISE = "UPDATE elder_visit SET escalated = $2 WHERE id = $1"
_FORGET = """
    UPDATE lone_elder SET name = NULL, door = NULL, phone = NULL, contacts = NULL, cleared_at = :now,
        ended_at = coalesce(ended_at, :now)
    WHERE cleared_at IS NULL AND (ended_at < :before OR until < :last_day)
    RETURNING id
"""
_FORGET_NOTES = """
    UPDATE elder_visit_record r SET note = NULL FROM elder_visit t
    WHERE t.id = r.visit_id AND t.elder_id = ANY($1::bigint[]) AND r.note IS NOT NULL
"""


class _Late(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    due_at: datetime
    escalated: int
    visitor_id: int | None
    label: str
    risk: Risk
    area_code: str


async def make_rounds(now: datetime) -> int:
    """The visits of today, for everybody whose rhythm asks for one; what yesterday left is missed. Returns how many."""
    today = shanghai_date(now)
    due = msgspec.json.encode([{"risk": risk.value, "at": rules.due_at(risk, today)} for risk in Risk]).decode()
    async with db.transaction():
        await db.execute(_OVER, today, now)
        return len(await db.fetch(sql(_MAKE, today=today, due=due)))


async def escalate_missed(now: datetime) -> int:
    """Tell of every visit that is late: the visitor, the committee, the street. Returns how many climbed."""
    climbed, after = 0, 0
    while True:
        async with db.transaction():
            rows = await db.fetch(sql(_NEXT, now=now, after=after, most=BATCH))
            for row in rows:
                climbed += await _escalate(msgspec.convert(dict(row), _Late), now)
        if len(rows) < BATCH:
            return climbed
        after = rows[-1]["id"]


async def forget(now: datetime) -> int:
    """What is sealed of whoever is visited no more, notes of visits too, goes after its time. Returns of how many."""
    last_day: date = shanghai_date(now) - rules.CLEARED_AFTER
    values: dict[str, Any] = {"now": now, "before": now - rules.CLEARED_AFTER, "last_day": last_day}
    async with db.transaction():
        cleared = [row["id"] for row in await db.fetch(sql(_FORGET, **values))]
        await db.execute(_FORGET_NOTES, cleared)
    return len(cleared)


async def _escalate(late: _Late, now: datetime) -> bool:
    """Through every level that was reached: also where nobody looked for hours, nobody is left out."""
    level = rules.level_at(late.risk, late.due_at, now)
    if level <= late.escalated:
        return False
    await db.execute(_RAISE, late.id, level)
    said = {"subject_id": late.id, "area_code": late.area_code, "label": late.label}
    said |= {"due_at": late.due_at, "visitor_id": late.visitor_id}
    passed = range(late.escalated + 1, level + 1)
    await events.record(*(VisitMissed(**said, version=each, level=each) for each in passed))
    return True
