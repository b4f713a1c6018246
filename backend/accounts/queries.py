"""Reads of accounts: the Actor behind an id, names, and units."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from backend import db
from backend.accounts import sql
from backend.accounts.errors import AccountUnknown
from backend.accounts.passwords import UNUSABLE
from backend.accounts.permissions import permissions_of
from backend.accounts.scope import prefixes
from backend.accounts.structs import (
    Actor,
    Grant,
    HeldRole,
    Me,
    Member,
    Person,
    Role,
    Staff,
    StaffedUnit,
    Unit,
    UnitLabel,
)
from backend.batching import Batches

OnDutySql = Callable[[str, str], str]
"""Takes the account and the instant, as expressions."""


async def get_actor(account_id: int) -> Actor:
    """The account as it may act from now on. Raises AccountUnknown."""
    row = await db.fetchrow(_ACTOR, account_id)
    if row is None:
        raise AccountUnknown
    return _actor(row)


async def find_standing(session_id: UUID, now: datetime) -> Actor | None:
    """Whoever holds this session, as they may act now; None once the session has ended or the person has left."""
    row = await _standings.send(session_id)
    return _actor(row) if row and row["expires_at"] > now else None


async def _list_standing(session_ids: list[UUID]) -> list[asyncpg.Record | None]:
    found = {row["session_id"]: row for row in await db.fetch(_STANDING, session_ids)}
    return [found.get(session_id) for session_id in session_ids]


_standings = Batches(_list_standing)


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


async def find_by_identity(vendor: str, subject: str) -> int | None:
    """Whoever is known there by this name and is still here."""
    return await db.fetchval(_BY_IDENTITY, vendor, subject)


async def find_subject(account_id: int, vendor: str) -> str | None:
    """By which name somebody is known there."""
    return await db.fetchval(
        "SELECT subject FROM external_identity WHERE account_id = $1 AND vendor = $2", account_id, vendor
    )


async def list_vendors(account_ids: Collection[int]) -> dict[int, set[str]]:
    """The other systems at which each of these is known."""
    found: dict[int, set[str]] = {account_id: set() for account_id in account_ids}
    for row in await db.fetch(_SUBJECTS, list(found)):
        found[row["account_id"]].add(row["vendor"])
    return found


async def list_merged(account_id: int) -> list[int]:
    """The accounts that go on as this one."""
    rows = await db.fetch("SELECT merged_id FROM account_merge WHERE survivor_id = $1 ORDER BY 1", account_id)
    return [row["merged_id"] for row in rows]


async def find_survivor(account_id: int) -> int:
    """The account as which this one goes on: itself where it was never merged."""
    return await db.fetchval("SELECT survivor_id FROM account_merge WHERE merged_id = $1", account_id) or account_id


async def list_names(account_ids: Sequence[int]) -> dict[int, str]:
    """Display names by account id."""
    rows = await db.fetch("SELECT id, display_name FROM account WHERE id = ANY($1::bigint[])", account_ids)
    return {row["id"]: row["display_name"] for row in rows}


async def find_unit_id(code: str) -> int | None:
    """The unit with this code."""
    return await db.fetchval("SELECT id FROM org_unit WHERE code = $1", code)


async def list_unit_ids() -> dict[str, int]:
    """Every unit by code."""
    return {row["code"]: row["id"] for row in await db.fetch("SELECT code, id FROM org_unit")}


async def list_staff() -> list[Staff]:
    """Everybody who can sign in and is still here."""
    return [Staff(**row) for row in await db.fetch(_STAFF)]


async def list_gone() -> set[str]:
    """The usernames of everybody who has left."""
    return {row["username"] for row in await db.fetch(_GONE)}


async def list_people(unit_code: str | None, now: datetime, is_on_duty: OnDutySql) -> list[Person]:
    """Everybody who ever was staff, of one unit or of all, those who are here first.

    Called by `duty.list_people`: `is_on_duty` is the SQL that tells it of an account at an instant.
    """
    rows = await db.fetch(_PEOPLE.format(is_on_duty=is_on_duty("a.id", "$2::timestamptz")), unit_code, now, UNUSABLE)
    return [msgspec.convert(dict(row), Person) for row in rows]


async def lock_handler(account_id: int, unit_id: int, area_code: str) -> bool:
    """Whether somebody handles orders for the unit there; nobody changes that before the transaction ends."""
    await db.fetchval("SELECT id FROM account WHERE id = $1 FOR SHARE", account_id)
    return await db.fetchval(_IS_HANDLER, account_id, unit_id, prefixes(area_code))


async def lock_actor(account_id: int) -> Actor | None:
    """Somebody as they may act, if they are still here; nobody changes that before the transaction ends."""
    if not await db.fetchval("SELECT is_active FROM account WHERE id = $1 FOR SHARE", account_id):
        return None
    return await get_actor(account_id)


async def find_unit(unit_id: int) -> Unit | None:
    row = await db.fetchrow(f"{_UNIT} WHERE id = $1", unit_id)
    return msgspec.convert(dict(row), Unit) if row else None


async def list_handlers(unit_id: int, area_code: str) -> list[int]:
    """Everybody of the unit who handles orders in this area."""
    return [row["id"] for row in await db.fetch(_HANDLERS, unit_id, prefixes(area_code))]


async def list_staffed_units(areas: Sequence[str], limit: int) -> list[StaffedUnit]:
    """The units at work in any of these areas, with their handlers; those of the nearer area first."""
    rows = await db.fetch(_STAFFED, list(areas), limit)
    return [msgspec.convert({**row, "handlers": msgspec.json.decode(row["handlers"])}, StaffedUnit) for row in rows]


async def list_holders(pairs: Collection[tuple[Role, str]]) -> dict[tuple[Role, str], list[int]]:
    """For each role and area: everybody who holds that role over that area. One statement for all of them."""
    found: dict[tuple[Role, str], list[int]] = {each: [] for each in pairs}
    rows = [(role.value, area_code, prefix) for role, area_code in found for prefix in prefixes(area_code)]
    for row in await db.fetch(_HOLDERS, *map(list, zip(*rows, strict=True))) if rows else ():
        found[Role(row["role"]), row["area_code"]] = row["account_ids"]
    return found


async def list_areas_of(account_ids: Collection[int], role: Role) -> dict[int, list[str]]:
    """The area prefixes within which each of these holds the role; who holds it nowhere is left out. One statement."""
    return {row["account_id"]: row["areas"] for row in await db.fetch(_AREAS_OF, list(account_ids), role.value)}


async def list_people_of(area_code: str, roles: Sequence[Role]) -> dict[Role, list[Member]]:
    """Who holds each of these roles in exactly this area, and is still here; by name. One statement."""
    found: dict[Role, list[Member]] = {role: [] for role in roles}
    for row in await db.fetch(_PEOPLE_OF, area_code, [role.value for role in roles]):
        found[Role(row["role"])].append(Member(id=row["id"], name=row["name"]))
    return found


async def list_handlers_of(pairs: Collection[tuple[int, str]]) -> dict[tuple[int, str], list[int]]:
    """For each unit and area: everybody of that unit who handles orders there. One statement for all of them."""
    found: dict[tuple[int, str], list[int]] = {each: [] for each in pairs}
    rows = [(unit_id, area_code, prefix) for unit_id, area_code in found for prefix in prefixes(area_code)]
    for row in await db.fetch(_HANDLERS_OF, *map(list, zip(*rows, strict=True))) if rows else ():
        found[row["unit_id"], row["area_code"]] = row["account_ids"]
    return found


async def list_units(area_code: str) -> list[UnitLabel]:
    """The units whose area takes in this one, the nearest first."""
    return [msgspec.convert(dict(row), UnitLabel) for row in await db.fetch(_UNITS, prefixes(area_code))]


async def list_unit_labels(unit_ids: Collection[int]) -> dict[int, UnitLabel]:
    rows = await db.fetch("SELECT id, name_zh, name_en FROM org_unit WHERE id = ANY($1::bigint[])", list(unit_ids))
    return {row["id"]: msgspec.convert(dict(row), UnitLabel) for row in rows}


async def list_handler_names(unit_id: int, area_code: str) -> dict[int, str]:
    """Everybody of the unit who handles orders in this area, by account id."""
    return await list_names(await list_handlers(unit_id, area_code))


def _actor(row: asyncpg.Record) -> Actor:
    grants = tuple(map(Grant, map(Role, row["roles"]), row["areas"]))
    if row["is_device"]:
        grants = (Grant(Role.RESIDENT, ""), *grants)
    return Actor(
        account_id=row["id"],
        name=row["display_name"],
        grants=grants,
        unit_id=row["unit_id"],
        is_device=row["is_device"],
    )


_ACTOR_COLUMNS = """
a.id, a.display_name, a.unit_id, a.kind = 'device' AS is_device,
array(SELECT g.role FROM role_grant g WHERE g.account_id = a.id ORDER BY g.id) AS roles,
array(SELECT g.area_code FROM role_grant g WHERE g.account_id = a.id ORDER BY g.id) AS areas"""
_BY_IDENTITY = """
SELECT a.id FROM external_identity i JOIN account a ON a.id = i.account_id AND a.is_active
WHERE i.vendor = $1 AND i.subject = $2
"""
_SUBJECTS = "SELECT account_id, vendor FROM external_identity WHERE account_id = ANY($1::bigint[])"
_ACTOR = f"SELECT {_ACTOR_COLUMNS} FROM account a WHERE a.id = $1"
# The ids stand behind a wall and each is looked up by itself: the plan does not depend on how many there are.
_STANDING = f"""
WITH given AS MATERIALIZED (SELECT $1::uuid[] AS ids)
SELECT standing.* FROM given CROSS JOIN LATERAL unnest(given.ids) AS one (id) CROSS JOIN LATERAL (
    SELECT s.id AS session_id, least(s.expires_at, giver.expires_at) AS expires_at, {_ACTOR_COLUMNS}
    FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN session giver ON giver.id = s.given_by_id
    WHERE s.id = one.id AND s.revoked_at IS NULL AND giver.revoked_at IS NULL AND a.is_active LIMIT 1
) standing"""
_AREAS_OF = """
SELECT account_id, array_agg(area_code ORDER BY id) AS areas FROM role_grant
WHERE account_id = ANY($1::bigint[]) AND role = $2 AND area_code <> '' GROUP BY account_id
"""
_PEOPLE_OF = """
SELECT g.role, a.id, a.display_name AS name FROM role_grant g JOIN account a ON a.id = g.account_id AND a.is_active
WHERE g.role = ANY($2::text[]) AND g.area_code = $1 ORDER BY a.display_name, a.id
"""
_UNITS = """
SELECT id, name_zh, name_en FROM org_unit WHERE area_code = ANY($1::text[]) ORDER BY length(area_code) DESC, name_zh, id
"""
_UNIT = "SELECT id, code, name_zh, name_en, unit_type, kind, area_code FROM org_unit"
_STAFF = "SELECT id AS account_id, username, unit_id FROM account WHERE kind = 'staff' AND is_active"
_GONE = "SELECT username FROM account WHERE kind = 'staff' AND NOT is_active"
_PEOPLE = """
SELECT a.username, a.display_name AS name, u.code AS unit, a.is_active, a.password_hash <> $3 AS has_password,
       array(
           SELECT concat(g.role, ':', g.area_code) FROM role_grant g WHERE g.account_id = a.id ORDER BY g.id
       ) AS roles,
       {is_on_duty} AS is_on_duty
FROM account a LEFT JOIN org_unit u ON u.id = a.unit_id
WHERE a.kind = 'staff' AND ($1::text IS NULL OR u.code = $1) ORDER BY NOT a.is_active, a.username
"""
_IS_HANDLER = f"SELECT {sql.is_handler('$1::bigint', '$2::bigint', '$3::text[]')}"
_HOLDERS = """
SELECT asked.role, asked.area_code, array_agg(DISTINCT a.id) AS account_ids
FROM unnest($1::text[], $2::text[], $3::text[]) AS asked (role, area_code, prefix)
JOIN role_grant g ON g.role = asked.role AND g.area_code = asked.prefix
JOIN account a ON a.id = g.account_id AND a.is_active
GROUP BY asked.role, asked.area_code
"""
_HANDLERS_OF = """
SELECT asked.unit_id, asked.area_code, array_agg(DISTINCT a.id) AS account_ids
FROM unnest($1::bigint[], $2::text[], $3::text[]) AS asked (unit_id, area_code, prefix)
JOIN account a ON a.unit_id = asked.unit_id AND a.is_active
JOIN role_grant g ON g.account_id = a.id AND g.role = 'handler' AND g.area_code = asked.prefix
GROUP BY asked.unit_id, asked.area_code
"""
_STAFFED = """
SELECT u.id, u.name_zh, coalesce(u.name_en, u.name_zh) AS name_en, coalesce((
    SELECT jsonb_agg(DISTINCT jsonb_build_object('id', a.id, 'name', a.display_name)) FROM role_grant g
    JOIN account a ON a.id = g.account_id AND a.is_active WHERE g.role = 'handler' AND a.unit_id = u.id
), '[]')::text AS handlers
FROM org_unit u
WHERE EXISTS (
    SELECT FROM unnest($1::text[]) area WHERE starts_with(u.area_code, area) OR starts_with(area, u.area_code))
ORDER BY length(u.area_code) DESC, u.area_code, u.id LIMIT $2
"""
_HANDLERS = """
SELECT DISTINCT a.id FROM role_grant g JOIN account a ON a.id = g.account_id AND a.is_active
WHERE g.role = 'handler' AND g.area_code = ANY($2::text[]) AND a.unit_id = $1
"""
