"""Units: who answers for matters within an area."""

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


_ADD_UNIT = """
INSERT INTO org_unit (code, name_zh, name_en, unit_type, area_code, kind)
VALUES (:code, :name_zh, :name_en, :unit_type, :area_code, :kind)
ON CONFLICT (code) DO UPDATE
SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en,
    unit_type = EXCLUDED.unit_type, area_code = EXCLUDED.area_code, kind = EXCLUDED.kind
RETURNING id
"""
