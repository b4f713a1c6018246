"""Who works in an area at all: over it, or somewhere within it."""

from collections.abc import Sequence

from backend import db
from backend.accounts.structs import Role

_STAFF_AROUND = """
    SELECT DISTINCT a.id FROM role_grant g JOIN account a ON a.id = g.account_id AND a.is_active AND a.kind = 'staff'
    WHERE g.role = ANY($2::text[]) AND g.area_code <> ''
      AND (starts_with(g.area_code, $1) OR starts_with($1, g.area_code)) ORDER BY a.id
"""


async def list_staff_around(area_code: str, roles: Sequence[Role]) -> list[int]:
    """Everybody who holds one of these roles over this area or somewhere within it, and is still here."""
    rows = await db.fetch(_STAFF_AROUND, area_code, [role.value for role in roles])
    return [row["id"] for row in rows]
