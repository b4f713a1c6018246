"""Units and their rosters: who answers for a unit within an area, and from when to when."""

from datetime import datetime

from backend import db
from backend.accounts.structs import UnitDraft
from backend.sql import sql


async def add_unit(draft: UnitDraft) -> int:
    """Add a unit, or bring the one with this code up to date."""
    return await db.fetchval(
        sql(
            _ADD_UNIT,
            code=draft.code,
            name_zh=draft.name_zh,
            name_en=draft.name_en,
            unit_type=draft.unit_type,
            area_code=draft.area_code,
            kind=draft.kind.value,
        )
    )


async def start_shift(
    account_id: int, unit_id: int, area_code: str, starts_at: datetime, ends_at: datetime | None = None
) -> None:
    """Put somebody on duty; the same shift twice is the same."""
    await db.execute(
        sql(
            _START,
            account_id=account_id,
            unit_id=unit_id,
            area_code=area_code,
            starts_at=starts_at,
            ends_at=ends_at,
        )
    )


async def end_shift(account_id: int, now: datetime) -> None:
    """Take somebody off duty, in every unit and area; shifts that lie ahead stay."""
    await db.execute(_END, account_id, now)


async def end_shifts_elsewhere(account_id: int, unit_id: int | None, now: datetime) -> None:
    """End the shifts for every unit but this one now; those that lie ahead never begin."""
    await db.execute(_DROP_AHEAD, account_id, unit_id, now)
    await db.execute(_END_ELSEWHERE, account_id, unit_id, now)


_ADD_UNIT = """
INSERT INTO org_unit (code, name_zh, name_en, unit_type, area_code, kind)
VALUES (:code, :name_zh, :name_en, :unit_type, :area_code, :kind)
ON CONFLICT (code) DO UPDATE
SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en,
    unit_type = EXCLUDED.unit_type, area_code = EXCLUDED.area_code, kind = EXCLUDED.kind
RETURNING id
"""
_START = """
INSERT INTO duty_shift (account_id, unit_id, area_code, starts_at, ends_at)
VALUES (:account_id, :unit_id, :area_code, :starts_at, :ends_at)
ON CONFLICT ON CONSTRAINT duty_shift_starts_once DO UPDATE SET ends_at = EXCLUDED.ends_at
"""
_END = """
UPDATE duty_shift SET ends_at = $2
WHERE account_id = $1 AND starts_at < $2 AND (ends_at IS NULL OR ends_at > $2)
"""
_DROP_AHEAD = "DELETE FROM duty_shift WHERE account_id = $1 AND unit_id IS DISTINCT FROM $2 AND starts_at >= $3"
_END_ELSEWHERE = """
UPDATE duty_shift SET ends_at = $3
WHERE account_id = $1 AND unit_id IS DISTINCT FROM $2 AND (ends_at IS NULL OR ends_at > $3)
"""
