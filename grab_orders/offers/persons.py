"""What decides of a person: the row that is locked first, and then, in statements of their own, what they have.

A statement that waited for a lock counts what was there before it waited (docs/decisions/0055): so the lock is one
statement, and what is counted is asked by the next.
"""

from dataclasses import replace
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from grab_orders.offers import rules
from grab_orders.offers.rules import Taker
from grab_orders.people.rules import may_be_minor

_COLUMNS = "account_id, cools_until, given_back_on, given_back, no_shows, no_show_at"
LOCK = f"""
    INSERT INTO grabber (account_id) VALUES ($1)
    ON CONFLICT (account_id) DO UPDATE SET account_id = EXCLUDED.account_id RETURNING {_COLUMNS}
"""
"""Also replayed by the bench of simultaneous grabs, as `HAS_IN_HAND` is."""
_READ = f"SELECT {_COLUMNS} FROM grabber WHERE account_id = $1"
IN_HAND = """
    (SELECT count(*) FROM take h WHERE h.account_id = :me::bigint AND h.state IN ('held', 'arrived')) AS open_orders,
    (SELECT g.cools_until FROM grabber g WHERE g.account_id = :me::bigint) AS cools_until,
    (SELECT c.skills FROM on_call c WHERE c.account_id = :me::bigint AND c.until > :now::timestamptz) AS skills,
    (SELECT jsonb_build_object('birth_year', v.birth_year, 'skills', v.skills) FROM volunteer v
     WHERE v.account_id = :me::bigint AND v.status = 'approved' LIMIT 1)::text AS profile
"""
"""Columns of a statement with the values `me` and `now`; `skills` is null for whoever is not on call. Exact within a
transaction that has locked the person's row before."""
HAS_IN_HAND = f"SELECT {IN_HAND.replace(':me', '$1').replace(':now', '$2')}"


class _Profile(msgspec.Struct, frozen=True):
    birth_year: int | None = None
    skills: tuple[str, ...] = ()


async def lock(account_id: int) -> asyncpg.Record:
    """The person's row, locked until the transaction ends: whatever they do at once on two phones is one by one."""
    row = await db.fetchrow(LOCK, account_id)
    assert row is not None
    return row


async def find(account_id: int) -> asyncpg.Record | None:
    """The same without a lock; None for whoever never took anything."""
    return await db.fetchrow(_READ, account_id)


async def describe(actor: Actor, now: datetime) -> Taker:
    """What decides of this person now."""
    row = await db.fetchrow(HAS_IN_HAND, actor.account_id, now)
    assert row is not None
    return taker_of(actor, row, now)


def taker_of(actor: Actor, row: asyncpg.Record, now: datetime) -> Taker:
    """From the columns `IN_HAND`. Of a volunteer those skills count that the committee has approved."""
    profile = _Profile() if row["profile"] is None else msgspec.json.decode(row["profile"], type=_Profile)
    return replace(
        rules.taker_of(actor),
        is_on_call=row["skills"] is not None,
        is_minor=may_be_minor(profile.birth_year, shanghai_date(now)),
        skills=frozenset(profile.skills if row["profile"] is not None else row["skills"] or ()),
        open_orders=row["open_orders"],
        cools_until=row["cools_until"],
    )
