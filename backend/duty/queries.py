"""Reads of duty: who of a unit could take an order at a post."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

import asyncpg
import msgspec

from backend import db
from backend.accounts import queries as people
from backend.accounts import sql as accounts
from backend.accounts.scope import prefixes, prefixes_sql
from backend.accounts.structs import Person
from backend.duty import rules
from backend.duty import sql as duty_sql
from backend.duty.sql import Load
from backend.duty.structs import Availability, NamedPerson, OnCallView, OnDuty, OnDutyWithin, Post, Reserve
from backend.sql import sql

_IS_ON_DUTY = f"SELECT {duty_sql.is_on_duty('$1::bigint', '$2::timestamptz')}"
_ON_CALL = f"""SELECT c.account_id, c.area_code, c.since, c.until, c.skills FROM on_call c
    WHERE {accounts.is_grabber("c.account_id", prefixes_sql("c.area_code"))}"""
_ON_CALL_THERE = f"""{_ON_CALL}
    AND (c.area_code = ANY($1::text[]) OR c.area_code LIKE $2::text || '%') AND c.until > $3
    ORDER BY c.since, c.account_id
"""
_ON_CALL_IN = f"""
    SELECT there.code, c.account_id, c.area_code, c.since, c.until, c.skills
    FROM unnest($1::text[]) AS there (code)
    JOIN on_call c ON starts_with(there.code, c.area_code) AND c.since <= $2 AND c.until > $2
    WHERE {accounts.is_grabber("c.account_id", prefixes_sql("there.code"))} ORDER BY c.since, c.account_id
"""
_THERE = "CASE WHEN length(s.area_code) > length(:area::text) THEN s.area_code ELSE :area::text END"
_WITHIN = f"""
    SELECT DISTINCT ON (s.account_id) s.account_id, s.unit_id, s.area_code, s.roster, s.starts_at AS since
    FROM duty_shift s
    WHERE (starts_with(s.area_code, :area::text) OR starts_with(:area::text, s.area_code))
      AND s.starts_at <= :at AND coalesce(s.ends_at, 'infinity'::timestamptz) > :at::timestamptz
      AND {accounts.works_for("s.account_id", "s.unit_id")}
      AND s.roster = {duty_sql.list_in_force("s.unit_id", prefixes_sql(_THERE), ":at::timestamptz")}
    ORDER BY s.account_id, length(s.area_code) DESC, s.starts_at
"""
_IS_ANYBODY_ON_CALL = f"SELECT {duty_sql.is_anybody_on_call('$1::text[]', '$2::timestamptz')}"
_UNIT, _AREAS, _GRID, _AT = ":unit_id::bigint", ":areas::text[]", ":grid::text", ":at::timestamptz"


async def get_standing(unit_id: int, post: Post, now: datetime, load: Load) -> Availability:
    """Who of a unit could take an order there now: the person named, and everybody on duty."""
    row = await db.fetchrow(
        sql(
            _standing(load),
            unit_id=unit_id,
            areas=prefixes(post.area_code),
            grid=post.grid_code,
            at=now,
            item=post.item_code,
        )
    )
    assert row is not None
    return standing_of(row, unit_id)


async def get_reserve(unit_id: int, post: Post, begins_at: datetime, now: datetime, load: Load) -> Reserve:
    """What a unit has when nobody is on duty now: who is when the clock begins, a roster at all, handlers at all."""
    row = await db.fetchrow(
        sql(
            _reserve(load),
            unit_id=unit_id,
            areas=prefixes(post.area_code),
            grid=post.grid_code,
            at=begins_at,
            since=now - rules.ROSTER_REMEMBERED,
        )
    )
    assert row is not None
    return Reserve(
        keeps_roster=row["keeps_roster"],
        has_handlers=row["has_handlers"],
        on_duty=msgspec.json.decode(row["on_duty"], type=list[OnDuty]),
    )


async def is_on_duty(account_id: int, now: datetime) -> bool:
    """Whether somebody has a shift now, anywhere, for the unit that they work for."""
    return await db.fetchval(_IS_ON_DUTY, account_id, now)


async def list_on_duty_within(area_code: str, now: datetime) -> list[OnDutyWithin]:
    """Everybody on duty within an area, or in one around it, by the list in force where they are; each once."""
    return [OnDutyWithin(**row) for row in await db.fetch(sql(_WITHIN, area=area_code, at=now))]


async def find_on_call(account_id: int, now: datetime) -> OnCallView | None:
    """Where somebody waits for orders to grab, if they do now and still may take any."""
    row = await db.fetchrow(f"{_ON_CALL} AND c.account_id = $1 AND c.until > $2", account_id, now)
    return OnCallView(**row) if row else None


async def list_on_call(area_code: str, now: datetime) -> list[OnCallView]:
    """Everybody who waits for orders to grab within an area or in one around it, whoever has waited longest first."""
    rows = await db.fetch(_ON_CALL_THERE, prefixes(area_code), area_code, now)
    return [OnCallView(**row) for row in rows]


async def list_on_call_in(area_codes: Collection[str], now: datetime) -> dict[str, list[OnCallView]]:
    """By area: everybody who waits there, or in a larger area around it, and may take what is offered there."""
    found: dict[str, list[OnCallView]] = {code: [] for code in area_codes}
    for row in await db.fetch(_ON_CALL_IN, list(area_codes), now):
        found[row["code"]].append(OnCallView(**{name: value for name, value in row.items() if name != "code"}))
    return found


async def is_anybody_on_call(area_code: str, now: datetime) -> bool:
    """Whether somebody waits there and may take what is offered there."""
    return await db.fetchval(_IS_ANYBODY_ON_CALL, prefixes(area_code), now)


async def list_people(unit_code: str | None, now: datetime) -> list[Person]:
    """Everybody of the staff, or of one unit, also who has left, and whether they are on duty."""
    return await people.list_people(unit_code, now, duty_sql.is_on_duty)


async def find_team_id(unit_id: int, code: str) -> int | None:
    """The team of a unit with this code."""
    return await db.fetchval("SELECT id FROM team WHERE unit_id = $1 AND code = $2", unit_id, code)


async def list_team_ids() -> dict[tuple[int, str], int]:
    """Every team by unit and code."""
    return {(row["unit_id"], row["code"]): row["id"] for row in await db.fetch("SELECT id, unit_id, code FROM team")}


async def list_team_names(team_ids: Sequence[int]) -> dict[int, str]:
    """Teams' names by id."""
    rows = await db.fetch("SELECT id, name_zh FROM team WHERE id = ANY($1::bigint[])", team_ids)
    return {row["id"]: row["name_zh"] for row in rows}


def standing_of(row: asyncpg.Record, unit_id: int) -> Availability:
    """From the columns `named` and `on_duty` of a statement that took in the pieces of `duty.sql`."""
    named = msgspec.json.decode(row["named"], type=NamedPerson) if row["named"] is not None else None
    return Availability(unit_id=unit_id, named=named, on_duty=msgspec.json.decode(row["on_duty"], type=list[OnDuty]))


@cache
def _standing(load: Load) -> str:
    return f"""SELECT {duty_sql.named(_UNIT, ":item::text", _AREAS, _GRID, _AT)}::text AS named,
        {duty_sql.on_duty(_UNIT, _AREAS, _GRID, _AT, load)}::text AS on_duty"""


@cache
def _reserve(load: Load) -> str:
    return f"""SELECT {duty_sql.on_duty(_UNIT, _AREAS, _GRID, _AT, load)}::text AS on_duty,
        {duty_sql.keeps_roster(_UNIT, ":since::timestamptz")} AS keeps_roster,
        {accounts.has_handlers(_UNIT, _AREAS)} AS has_handlers"""
