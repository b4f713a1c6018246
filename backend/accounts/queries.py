"""Reads of the accounts room: the Actor behind an id, names, units, and who is on duty."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.accounts.errors import AccountUnknown
from backend.accounts.permissions import permissions_of
from backend.accounts.scope import prefixes
from backend.accounts.structs import Actor, Grant, HeldRole, Me, Role, Team, Unit, UnitLabel


async def get_actor(account_id: int) -> Actor:
    """The account as it may act from now on. Raises AccountUnknown."""
    row = await db.fetchrow(_ACTOR, account_id)
    if row is None:
        raise AccountUnknown
    grants = tuple(map(Grant, map(Role, row["roles"]), row["areas"]))
    if row["is_device"]:
        grants = (Grant(Role.RESIDENT, ""), *grants)
    return Actor(
        account_id=account_id,
        name=row["display_name"],
        grants=grants,
        unit_id=row["unit"],
        is_device=row["is_device"],
    )


async def get_me(account_id: int) -> Me:
    """What a person is told about the own account. Raises AccountUnknown."""
    actor = await get_actor(account_id)
    unit = await find_unit(actor.unit_id) if actor.unit_id is not None else None
    return Me(
        id=account_id,
        name=actor.name,
        is_device=actor.is_device,
        unit=UnitLabel(id=unit.id, name_zh=unit.name_zh, name_en=unit.name_en) if unit else None,
        roles=[HeldRole(role=grant.role, area_code=grant.area) for grant in actor.grants],
        permissions=sorted(permissions_of(actor)),
    )


async def find_account_id(username: str) -> int | None:
    return await db.fetchval("SELECT id FROM account WHERE username = $1", username.strip().lower())


async def list_names(account_ids: Sequence[int]) -> dict[int, str]:
    """Display names by account id."""
    rows = await db.fetch("SELECT id, display_name FROM account WHERE id = ANY($1::bigint[])", account_ids)
    return {row["id"]: row["display_name"] for row in rows}


async def find_unit(unit_id: int) -> Unit | None:
    row = await db.fetchrow(f"{_UNIT} WHERE id = $1", unit_id)
    return msgspec.convert(dict(row), Unit) if row else None


async def find_on_duty(unit_id: int, area_code: str, now: datetime) -> int | None:
    """The one of the unit to whom a new order in this area goes now."""
    return await db.fetchval(_FIRST_ON_DUTY, unit_id, prefixes(area_code), now)


def first_on_duty(unit: str, areas: str, now: str) -> str:
    """SQL for the same within a larger statement. Takes the unit, the array of the area's prefixes, the instant.

    Of everybody on duty there: the narrowest area first, then the longest on duty.
    """
    return f"""(
SELECT s.account FROM duty_shift s JOIN account a ON a.id = s.account AND a.is_active
WHERE s.unit = {unit} AND s.area_code = ANY({areas})
  AND s.starts_at <= {now} AND (s.ends_at IS NULL OR s.ends_at > {now})
ORDER BY length(s.area_code) DESC, s.starts_at, s.id LIMIT 1)"""


async def list_handlers(unit_id: int, area_code: str) -> list[int]:
    """Everybody of the unit who handles orders in this area."""
    return [row["id"] for row in await db.fetch(_HANDLERS, unit_id, prefixes(area_code))]


async def list_teams(areas: Sequence[str], limit: int) -> list[Team]:
    """The units at work in any of these areas, with their handlers; those of the nearer area first."""
    rows = await db.fetch(_TEAMS, list(areas), limit)
    return [msgspec.convert({**row, "handlers": msgspec.json.decode(row["handlers"])}, Team) for row in rows]


async def list_holders(role: Role, area_code: str) -> list[int]:
    """Everybody who holds a role over this area."""
    return [row["id"] for row in await db.fetch(_HOLDERS, role.value, prefixes(area_code))]


_ACTOR = """
SELECT a.display_name, a.unit, a.kind = 'device' AS is_device,
       array(SELECT g.role FROM role_grant g WHERE g.account = a.id ORDER BY g.id) AS roles,
       array(SELECT g.area_code FROM role_grant g WHERE g.account = a.id ORDER BY g.id) AS areas
FROM account a WHERE a.id = $1
"""
_UNIT = "SELECT id, code, name_zh, name_en, unit_type, area_code FROM org_unit"
_FIRST_ON_DUTY = f"SELECT {first_on_duty('$1', '$2::text[]', '$3')}"
_HOLDERS = """
SELECT DISTINCT a.id FROM role_grant g JOIN account a ON a.id = g.account AND a.is_active
WHERE g.role = $1 AND g.area_code = ANY($2::text[])
"""
_TEAMS = """
SELECT u.id, u.name_zh, coalesce(u.name_en, u.name_zh) AS name_en, coalesce((
    SELECT jsonb_agg(DISTINCT jsonb_build_object('id', a.id, 'name', a.display_name)) FROM role_grant g
    JOIN account a ON a.id = g.account AND a.is_active WHERE g.role = 'handler' AND a.unit = u.id
), '[]')::text AS handlers
FROM org_unit u
WHERE EXISTS (
    SELECT FROM unnest($1::text[]) area WHERE starts_with(u.area_code, area) OR starts_with(area, u.area_code))
ORDER BY length(u.area_code) DESC, u.area_code, u.id LIMIT $2
"""
_HANDLERS = """
SELECT DISTINCT a.id FROM role_grant g JOIN account a ON a.id = g.account AND a.is_active
WHERE g.role = 'handler' AND g.area_code = ANY($2::text[]) AND a.unit = $1
"""
