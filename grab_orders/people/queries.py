"""Reads of volunteers: the list of a committee, one's own, and what decides what they may grab and earn."""

from collections.abc import Sequence
from datetime import date, datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.geo.area_sql import within_any
from backend.sql import Sql, sql
from backend.structs import Page, encode_cursor, id_before
from grab_orders.names import masked
from grab_orders.people import rules
from grab_orders.people.structs import VolunteerProfile, VolunteerStatus, VolunteerView

_COLUMNS = """
    id, account_id, committee_code, status, masked_name, birth_year, guardian_phone IS NOT NULL AS has_guardian,
    id_doubt, skills, applied_at, decided_at, refusal, left_at, cleared_at IS NOT NULL AS is_cleared
"""
_LIST = f"""
    SELECT {_COLUMNS} FROM volunteer
    WHERE {{within}} AND status = :status AND id < :before ORDER BY id DESC LIMIT :limit
"""
_COUNT_WAITING = "SELECT count(*) FROM volunteer WHERE {within} AND status = 'applied'"
_OWN = f"SELECT {_COLUMNS} FROM volunteer WHERE account_id = $1 ORDER BY id DESC LIMIT 1"
_PROFILES = """
    SELECT account_id, committee_code, masked_name, birth_year, skills FROM volunteer
    WHERE account_id = ANY($1::bigint[]) AND status = 'approved'
"""
_MEMBERSHIPS = """
    SELECT requested.account_id, requested.at, v.committee_code
    FROM unnest($1::bigint[], $2::timestamptz[]) AS requested (account_id, at)
    JOIN volunteer v ON v.account_id = requested.account_id AND v.status IN ('approved', 'left')
        AND v.decided_at <= requested.at AND coalesce(v.left_at, 'infinity') >= requested.at
"""
Membership = tuple[int, datetime]
"""An account and the instant at which one asks whether it was a volunteer's."""


async def list_volunteers(
    by: Actor, status: VolunteerStatus, now: datetime, *, limit: int, cursor: str | None = None
) -> Page[VolunteerView]:
    """Those of one's own committees in a state, the latest first. Raises BadRequest for a cursor that is none."""
    requested = {"status": status.value, "before": id_before(cursor), "limit": limit + 1}
    rows = await db.fetch(sql(_LIST, within=_of_committees(by), **requested))
    items = [_view(row, shanghai_date(now)) for row in rows[:limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > limit else None)


async def count_waiting(by: Actor) -> int:
    """How many applications wait for this member of a committee."""
    return await db.fetchval(sql(_COUNT_WAITING, within=_of_committees(by)))


async def find_own(account_id: int, now: datetime) -> VolunteerView | None:
    """The latest application of an account, whatever became of it."""
    row = await db.fetchrow(_OWN, account_id)
    return _view(row, shanghai_date(now)) if row else None


async def is_known(account_id: int) -> bool:
    """Whether somebody ever applied to be a volunteer."""
    return await db.fetchval("SELECT EXISTS (SELECT FROM volunteer WHERE account_id = $1)", account_id)


async def list_profiles(account_ids: Sequence[int], now: datetime) -> dict[int, VolunteerProfile]:
    """Those of these accounts who are approved volunteers, with what decides what they may grab."""
    rows = await db.fetch(_PROFILES, list(account_ids))
    return {row["account_id"]: _profile(row, shanghai_date(now)) for row in rows}


async def list_memberships(requested: Sequence[Membership]) -> dict[Membership, str]:
    """The committee of whom each account was a volunteer at its instant; who was none is left out.

    Whoever holds the role without an application, given by an operator, counts for as long as it is held.
    """
    if not requested:
        return {}
    rows = await db.fetch(_MEMBERSHIPS, [one for one, _ in requested], [at for _, at in requested])
    found = {(row["account_id"], row["at"]): row["committee_code"] for row in rows}
    others = [one for one in requested if one not in found]
    areas = await accounts.list_areas_of({account_id for account_id, _ in others}, Role.VOLUNTEER) if others else {}
    for one in others:
        if (committee := rules.committee_among(areas.get(one[0], ()))) is not None:
            found[one] = committee
    return found


async def list_masked_names(account_ids: Sequence[int]) -> dict[int, str]:
    """What others may read of these people's names: 王**; of a phone that has none, nothing."""
    names = await accounts.list_names(account_ids)
    return {account_id: masked(name) if name else "" for account_id, name in names.items()}


def _of_committees(by: Actor) -> Sql:
    return within_any("committee_code", areas_of(by, Permission.KEEP_VOLUNTEERS), "committee")


def _view(row: asyncpg.Record, today: date) -> VolunteerView:
    is_minor = rules.may_be_minor(row["birth_year"], today)
    return msgspec.convert({**row, "is_minor": is_minor}, VolunteerView)


def _profile(row: asyncpg.Record, today: date) -> VolunteerProfile:
    is_minor = rules.may_be_minor(row["birth_year"], today)
    return msgspec.convert({**row, "is_minor": is_minor}, VolunteerProfile)
