"""What is not put right in time climbs: whoever found it hears at once, the street a day later. Each once."""

from datetime import datetime

import msgspec

from backend import db
from backend.events import service as events
from backend.sql import sql
from shops.inspections import recording, rules
from shops.inspections.events import FindingOverdue
from shops.inspections.states import FindingMove, FindingState

BATCH = 200
_DUE = """
    SELECT f.id, f.shop_id, f.due_at, f.is_p0, f.escalated, f.version, p.words_zh, p.words_en, i.inspector_id,
        shop.name AS shop, place.area_id AS area_code
    FROM inspection_finding f JOIN checklist_point p ON p.id = f.point_id JOIN inspection i ON i.id = f.inspection_id
    JOIN shop ON shop.id = f.shop_id JOIN place ON place.id = shop.place_id
    WHERE f.state = 'open' AND (f.escalated = 0 AND f.due_at < :now OR f.escalated = 1 AND f.due_at < :street_since)
    ORDER BY f.due_at LIMIT :most FOR UPDATE OF f SKIP LOCKED
"""
_RAISE = "UPDATE inspection_finding SET escalated = $2 WHERE id = $1"


class _Due(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    shop_id: int
    due_at: datetime
    is_p0: bool
    escalated: int
    version: int
    words_zh: str
    words_en: str
    inspector_id: int
    shop: str
    area_code: str


async def escalate_overdue(now: datetime) -> int:
    """Tell of every finding that fell due. Returns how many climbed. Several workers may do so at once."""
    done = 0
    while True:
        async with db.transaction():
            rows = await db.fetch(sql(_DUE, now=now, street_since=now - rules.STREET_AFTER, most=BATCH))
            for row in rows:
                await _escalate(msgspec.convert(dict(row), _Due), now)
        done += len(rows)
        if len(rows) < BATCH:
            return done


async def _escalate(found: _Due, now: datetime) -> None:
    level = rules.level_at(found.due_at, now)
    await db.execute(_RAISE, found.id, level)
    state = FindingState.OPEN
    await recording.append_step(found.id, FindingMove.ESCALATE, state, state, None, now, note=str(level))
    about = {
        name: getattr(found, name) for name in ("shop_id", "shop", "words_zh", "words_en", "is_p0", "inspector_id")
    }
    await events.record(
        FindingOverdue(
            subject_id=found.id,
            version=found.version,
            area_code=found.area_code,
            due_at=found.due_at,
            level=level,
            **about,
        )
    )
