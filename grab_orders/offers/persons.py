"""What decides of a person: the row that is locked first, and then, in statements of their own, what they have.

A statement that waited for a lock counts what was there before it waited (docs/decisions/0055): so the lock is one
statement and the count is the next.
"""

from dataclasses import replace
from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.duty import queries as duty
from grab_orders.offers import rules
from grab_orders.offers.rules import Taker

LIVE = "state IN ('held', 'arrived')"
_LOCK = """
    SELECT account_id, cools_until, given_back_on, given_back, no_shows, no_show_at FROM grabber
    WHERE account_id = $1 FOR UPDATE
"""
_ADD = "INSERT INTO grabber (account_id) VALUES ($1) ON CONFLICT (account_id) DO NOTHING"
_READ = """
    SELECT account_id, cools_until, given_back_on, given_back, no_shows, no_show_at FROM grabber WHERE account_id = $1
"""
_COUNT = f"SELECT count(*) FROM take WHERE account_id = $1 AND {LIVE}"


async def lock(account_id: int) -> asyncpg.Record:
    """The person's row, locked until the transaction ends: whatever they do at once on two phones is one by one."""
    row = await db.fetchrow(_LOCK, account_id)
    if row is None:
        await db.execute(_ADD, account_id)
        row = await db.fetchrow(_LOCK, account_id)
    assert row is not None
    return row


async def find(account_id: int) -> asyncpg.Record | None:
    """The same without a lock; None for whoever never took anything."""
    return await db.fetchrow(_READ, account_id)


async def describe(actor: Actor, cools_until: datetime | None, now: datetime) -> Taker:
    """What decides of this person now. Exact within a transaction that has locked the person's row."""
    on_call = await duty.find_on_call(actor.account_id, now)
    return replace(
        rules.person_of(actor),
        is_on_call=on_call is not None,
        skills=frozenset(on_call.skills if on_call else ()),
        open_orders=await db.fetchval(_COUNT, actor.account_id),
        cools_until=cools_until,
    )
