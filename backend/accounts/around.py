"""Who works in an area at all: over it, or somewhere within it; and which units."""

from collections.abc import Sequence

import msgspec

from backend import db
from backend.accounts.structs import Role, Unit

_STAFF_AROUND = """
    SELECT DISTINCT a.id FROM role_grant g JOIN account a ON a.id = g.account_id AND a.is_active AND a.kind = 'staff'
    WHERE g.role = ANY($2::text[]) AND g.area_code <> ''
      AND (starts_with(g.area_code, $1) OR starts_with($1, g.area_code)) ORDER BY a.id
"""
_UNITS_AROUND = """
    SELECT id, code, name_zh, name_en, unit_type, kind, area_code FROM org_unit
    WHERE starts_with(area_code, $1) OR starts_with($1, area_code)
    ORDER BY abs(length(area_code) - length($1)), area_code, name_zh, id LIMIT $2
"""


async def list_staff_around(area_code: str, roles: Sequence[Role]) -> list[int]:
    """Everybody who holds one of these roles over this area or somewhere within it, and is still here."""
    rows = await db.fetch(_STAFF_AROUND, area_code, [role.value for role in roles])
    return [row["id"] for row in rows]


async def list_units_around(area_code: str, limit: int) -> list[Unit]:
    """The units at work in an area, around it or within it; those of the nearer area first."""
    rows = await db.fetch(_UNITS_AROUND, area_code, limit)
    return [msgspec.convert(dict(row), Unit) for row in rows]
