"""Reads of appeals, for who made them, who speaks for their unit, and the centre of the area."""

import msgspec

from backend import db
from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor, Role
from backend.evaluation.access import may_decide, speaks_for_unit
from backend.evaluation.appeals.structs import ScoreAppealRead
from backend.evaluation.errors import AppealUnknown
from backend.geo.area_sql import outermost, within_any
from backend.sql import sql

MOST = 100
_SELECT = """
    SELECT a.id, a.order_id, o.number, o.item_id AS item_code, a.measure, a.unit_id, a.person_id,
        coalesce(u.name_zh, '') AS unit_zh, coalesce(u.name_en, u.name_zh, '') AS unit_en, a.area_code, a.counted_on,
        a.reason, a.evidence, a.asked_by_id, asker.display_name AS asked_by, a.asked_at, a.state,
        coalesce(decider.display_name, '') AS decided_by, a.decided_at, a.decision
    FROM score_appeal a JOIN work_order o ON o.id = a.order_id JOIN account asker ON asker.id = a.asked_by_id
    LEFT JOIN account decider ON decider.id = a.decided_by_id LEFT JOIN org_unit u ON u.id = a.unit_id
"""
_LIST = f"{_SELECT} WHERE {{within}} ORDER BY a.state <> 'open', a.id DESC LIMIT :most"
_OWN = f"""{_SELECT}
    WHERE a.asked_by_id = :by_id OR a.unit_id = :unit_id AND {{within}} ORDER BY a.id DESC LIMIT :most
"""


async def get_appeal(appeal_id: int, actor: Actor) -> ScoreAppealRead:
    """Raises AppealUnknown, also for somebody else's."""
    row = await db.fetchrow(f"{_SELECT} WHERE a.id = $1", appeal_id)
    if row is None or not is_seen(actor, row["area_code"], row["asked_by_id"], row["unit_id"]):
        raise AppealUnknown
    return msgspec.convert(dict(row), ScoreAppealRead)


async def list_for_centre(actor: Actor) -> list[ScoreAppealRead]:
    """Those of the areas for which the actor decides: open ones first, at most `MOST`."""
    areas = outermost(permissions.areas_of(actor, Permission.DECIDE_SCORE_APPEALS))
    rows = await db.fetch(sql(_LIST, within=within_any("a.area_code", areas, "area"), most=MOST))
    return [msgspec.convert(dict(row), ScoreAppealRead) for row in rows]


async def list_own(actor: Actor) -> list[ScoreAppealRead]:
    """Those that the actor made, or that were made for the actor's unit where the actor speaks for it."""
    within = within_any("a.area_code", outermost(actor.areas_of(Role.HANDLER)), "area")
    rows = await db.fetch(sql(_OWN, by_id=actor.account_id, unit_id=actor.unit_id, within=within, most=MOST))
    return [msgspec.convert(dict(row), ScoreAppealRead) for row in rows]


def is_seen(actor: Actor, area_code: str, asked_by_id: int, unit_id: int | None) -> bool:
    """Pure. Whether somebody reads an appeal at all."""
    is_own = asked_by_id == actor.account_id or speaks_for_unit(actor, unit_id, area_code)
    return is_own or may_decide(actor, area_code)
