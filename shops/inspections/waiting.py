"""Findings that wait for staff: for another look, or for a panel. Each for those who may do it, the longest first."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import convert

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.sql import sql
from backend.structs import Read
from shops.inspections.inspectors import areas_to_inspect
from shops.inspections.states import FindingState

_WAITING = """
    SELECT f.id, f.shop_id, shop.name AS shop, place.address, place.area_id AS area_code, l.department, p.words_zh,
        p.words_en, f.is_p0, f.due_at, since.at AS since
    FROM inspection_finding f JOIN inspection i ON i.id = f.inspection_id JOIN checklist_point p ON p.id = f.point_id
    JOIN checklist l ON l.id = i.checklist_id JOIN shop ON shop.id = f.shop_id JOIN place ON place.id = shop.place_id
    CROSS JOIN LATERAL (SELECT max(s.at) AS at FROM finding_step s WHERE s.finding_id = f.id) since
    WHERE f.state = :state AND {within} AND (:state <> 'appealed' OR i.inspector_id <> :reader)
      AND NOT EXISTS (SELECT FROM shop_person h
          WHERE h.shop_id = f.shop_id AND h.account_id = :reader AND h.until IS NULL)
    ORDER BY f.is_p0 DESC, since.at, f.id LIMIT :most
"""


class WaitingFinding(Read, frozen=True, kw_only=True):
    """`since`: when the shop did its part."""

    id: int
    shop_id: int
    shop: str
    address: str
    area_code: str
    department: str
    words_zh: str
    words_en: str
    is_p0: bool
    due_at: datetime
    since: datetime


async def list_rechecks(actor: Actor, *, most: int = 100) -> list[WaitingFinding]:
    """What shops say is put right, for whoever may look again: the grave ones first."""
    return await _list(actor, await areas_to_inspect(actor), FindingState.ANSWERED, most)


async def list_appeals(actor: Actor, *, most: int = 100) -> list[WaitingFinding]:
    """What shops do not agree with, for a panel: without what the actor found or what is the actor's own shop's."""
    return await _list(actor, areas_of(actor, Permission.DECIDE_APPEALS), FindingState.APPEALED, most)


async def _list(actor: Actor, areas: Sequence[str], state: FindingState, most: int) -> list[WaitingFinding]:
    within = within_any("place.area_id", areas, "area")
    values = {"state": state.value, "reader": actor.account_id, "most": most}
    rows = await db.fetch(sql(_WAITING, within=within, **values))
    return [convert(dict(row), WaitingFinding) for row in rows]
