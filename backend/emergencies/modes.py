"""Begin an emergency over an area, change its level, end it. Each by a person with a reason; each is a fact, a line of
the log and a change of the calendar, from which deadlines and duty follow by themselves.
"""

from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.calendars import stretches
from backend.calendars.structs import Stretch
from backend.emergencies import plans, queries, rights, situation
from backend.emergencies.errors import (
    EmergencyOnAlready,
    EmergencyOver,
    EmergencyUnknown,
    LevelUnchanged,
    NotInCommand,
)
from backend.emergencies.events import EmergencyBegan, EmergencyEnded, EmergencyFact, EmergencyLevelChanged
from backend.emergencies.structs import Beginning, EntryKind, LevelChange, PlanView
from backend.events import service as events
from backend.orders.assignment import handing_back
from backend.sql import sql

WARN_AFTER_HOURS = 24
"""Without a plan."""
_BEGIN = """
    INSERT INTO emergency (area_code, kind, level, plan_id, plan_zh, plan_en, warn_after_hours, reason, begun_by_id,
        begun_at)
    VALUES (:area_code, :kind, :level, :plan_id, :plan_zh, :plan_en, :warn_after_hours, :reason, :by, :now)
    ON CONFLICT (area_code) WHERE ended_at IS NULL DO NOTHING RETURNING id
"""
_ON_THERE = "SELECT id FROM emergency WHERE area_code = $1 AND ended_at IS NULL"
_LOCK = "SELECT id, area_code, kind, level, begun_at, ended_at FROM emergency WHERE id = $1 FOR UPDATE"
_LEVEL = """
    INSERT INTO emergency_level (emergency_id, stretch_id, level, reason, set_by_id, set_at)
    VALUES (:id, :stretch_id, :level, :reason, :by, :now)
"""
_STRETCH = "SELECT stretch_id FROM emergency_level WHERE emergency_id = $1 ORDER BY id DESC LIMIT 1"
_END = "UPDATE emergency SET ended_by_id = $2, ended_at = $3, end_reason = $4 WHERE id = $1"


async def begin(said: Beginning, actor: Actor, now: datetime) -> int:
    """From now on the area goes by the plan as it is now, whatever becomes of it meanwhile. Returns the emergency's id.

    Raises NotInCommand, EmergencyPlanUnknown, EmergencyOnAlready.
    """
    if not rights.may_command(actor, said.area_code):
        raise NotInCommand
    async with db.transaction():
        plan = await plans.get_plan(said.plan_id, said.area_code, said.kind) if said.plan_id is not None else None
        values = {"area_code": said.area_code, "kind": said.kind.value, "level": said.level, **_of_plan(plan)}
        emergency_id = await db.fetchval(sql(_BEGIN, **values, reason=said.reason, by=actor.account_id, now=now))
        if emergency_id is None:
            raise EmergencyOnAlready(emergency_id=await db.fetchval(_ON_THERE, said.area_code))
        stretch = Stretch(
            area_code=said.area_code,
            level=said.level,
            starts_at=now,
            roster=plan.roster if plan else "",
            clocks=plan.clocks if plan else [],
        )
        await _set_level(emergency_id, stretch, said.reason, actor, now)
        await situation.append(emergency_id, EntryKind.BEGUN, said.reason, actor.account_id, now)
        campaigns = tuple(plan.campaigns) if plan else ()
        await _record(EmergencyBegan, emergency_id, actor, said.reason, campaigns=campaigns)
    return emergency_id


async def set_level(emergency_id: int, said: LevelChange, actor: Actor, now: datetime) -> None:
    """Graver or less grave: where areas lie in one another, other rules may count from now on.

    Raises EmergencyUnknown, NotInCommand, EmergencyOver, LevelUnchanged.
    """
    async with db.transaction():
        row = await _lock(emergency_id, actor)
        if row["level"] == said.level:
            raise LevelUnchanged
        before = await queries.get_emergency(emergency_id)
        await stretches.end(await db.fetchval(_STRETCH, emergency_id), now, **_by(actor, said.reason))
        stretch = Stretch(
            area_code=row["area_code"], level=said.level, starts_at=now, roster=before.roster, clocks=before.clocks
        )
        await db.execute("UPDATE emergency SET level = $2 WHERE id = $1", emergency_id, said.level)
        await _set_level(emergency_id, stretch, said.reason, actor, now)
        await situation.append(emergency_id, EntryKind.LEVEL, said.reason, actor.account_id, now)
        await _record(EmergencyLevelChanged, emergency_id, actor, said.reason)


async def end(emergency_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Back to normal: clocks and duty go on as usual, and what the emergency's list has and nobody accepted goes back.

    Raises EmergencyUnknown, NotInCommand, EmergencyOver.
    """
    async with db.transaction():
        row = await _lock(emergency_id, actor)
        await stretches.end(await db.fetchval(_STRETCH, emergency_id), now, **_by(actor, reason))
        await situation.append(emergency_id, EntryKind.ENDED, reason, actor.account_id, now)
        await db.execute(_END, emergency_id, actor.account_id, now, reason)
        await handing_back.request(row["area_code"], row["begun_at"])
        await _record(EmergencyEnded, emergency_id, actor, reason)


def _of_plan(plan: PlanView | None) -> dict[str, Any]:
    if plan is None:
        return {"plan_id": None, "plan_zh": "", "plan_en": "", "warn_after_hours": WARN_AFTER_HOURS}
    return {
        "plan_id": plan.id,
        "plan_zh": plan.name_zh,
        "plan_en": plan.name_en,
        "warn_after_hours": plan.warn_after_hours,
    }


async def _lock(emergency_id: int, actor: Actor) -> asyncpg.Record:
    """One that is on. Two that would end it at once are told apart by the lock."""
    row = await db.fetchrow(_LOCK, emergency_id)
    if row is None or not rights.may_read(actor, row["area_code"]):
        raise EmergencyUnknown
    if not rights.may_command(actor, row["area_code"]):
        raise NotInCommand
    if row["ended_at"] is not None:
        raise EmergencyOver(ended_at=row["ended_at"].isoformat())
    return row


async def _set_level(emergency_id: int, stretch: Stretch, reason: str, actor: Actor, now: datetime) -> None:
    values = {"id": emergency_id, "level": stretch.level, "reason": reason, "by": actor.account_id, "now": now}
    stretch_id = await stretches.begin(stretch, **_by(actor, reason))
    await db.execute(sql(_LEVEL, stretch_id=stretch_id, **values))


def _by(actor: Actor, reason: str) -> dict[str, Any]:
    """Who caused what follows from it, and why."""
    return {"by_id": actor.account_id, "reason": reason}


async def _record(kind: type[EmergencyFact], emergency_id: int, actor: Actor, reason: str, **more: Any) -> None:
    said = await queries.get_emergency(emergency_id)
    named = {"kind": said.kind, "level": said.level, "area_zh": said.area_zh, "area_code": said.area_code}
    await events.record(
        kind(subject_id=emergency_id, acted_by_id=actor.account_id, reason=reason, is_urgent=True, **named, **more)
    )
