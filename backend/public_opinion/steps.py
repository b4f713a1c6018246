"""Who did what with a warning, and when: the record of a matter."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.public_opinion.structs import MatterStepKind, MatterStepView
from backend.sql import sql

_ADD = """
    INSERT INTO matter_step (matter_id, kind, reason, order_id, by_id, at)
    VALUES (:matter_id, :kind, :reason, :order_id, :by_id, :now)
"""
_LIST = """
    SELECT s.kind, s.at, coalesce(a.display_name, '') AS by, s.reason, s.order_id, coalesce(o.number, '') AS number
    FROM matter_step s LEFT JOIN account a ON a.id = s.by_id LEFT JOIN work_order o ON o.id = s.order_id
    WHERE s.matter_id = $1 ORDER BY s.id
"""


async def add(
    matter_id: int,
    kind: MatterStepKind,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    order_id: int | None = None,
) -> None:
    """A step of somebody's, within the transaction of what was done."""
    values = {"matter_id": matter_id, "kind": kind.value, "reason": reason, "order_id": order_id}
    await db.execute(sql(_ADD, **values, by_id=actor.account_id, now=now))


async def list_steps(matter_id: int) -> list[MatterStepView]:
    """The first first. For whoever may read the matter: the caller sees to that."""
    return [msgspec.convert(dict(row), MatterStepView) for row in await db.fetch(_LIST, matter_id)]
