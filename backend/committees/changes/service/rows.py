"""The row of a request: locked before anything is decided, ended once, and what is told of it."""

from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.committees.changes.errors import ChangeDecided, ChangeUnknown
from backend.committees.changes.events import DutyChangeFact
from backend.committees.changes.structs import DutyChangeRead, DutyChangeState
from backend.events import service as events
from backend.sql import sql

_LOCK = """
    SELECT state, requested_by_id, decided_by_id, decided_at, committee_code FROM duty_change WHERE id = $1 FOR UPDATE
"""
_END = """
    UPDATE duty_change SET state = :state, decided_by_id = :by, decided_at = :now, refusal = :refusal WHERE id = :id
"""


async def lock(change_id: int, actor: Actor) -> asyncpg.Record:
    row = await db.fetchrow(_LOCK, change_id)
    if row is None or not may_within(actor, Permission.READ_OVERVIEW, row["committee_code"]):
        raise ChangeUnknown
    return row


def require_open(row: asyncpg.Record) -> None:
    if row["state"] != DutyChangeState.OPEN:
        raise ChangeDecided(state=row["state"], decided_at=row["decided_at"].isoformat())


async def end(change_id: int, state: DutyChangeState, actor: Actor, now: datetime, *, refusal: str = "") -> None:
    await db.execute(sql(_END, id=change_id, state=state.value, by=actor.account_id, now=now, refusal=refusal))


async def record(kind: type[DutyChangeFact], change: DutyChangeRead, **more: Any) -> None:
    names = ("committee", "name_zh", "name_en", "template_id", "requested_by_id")
    said = {name: getattr(change, name) for name in names} | more
    await events.record(kind(subject_id=change.id, area_code=change.committee_code, change_kind=change.kind, **said))
