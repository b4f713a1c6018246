"""The committee confirms hours, refuses them, or takes back what was confirmed. Nobody does so for themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.errors import BadRequest
from backend.events import service as events
from backend.sql import sql
from grab_orders.ledgers import locking, policies
from grab_orders.ledgers.errors import EntrySettled, EntryUnknown, OwnEntry
from grab_orders.ledgers.events import HoursConfirmed, HoursReversed, LedgerFact
from grab_orders.ledgers.hours import counting
from grab_orders.ledgers.hours.counting import ServiceSpan
from grab_orders.ledgers.structs import HoursKind

_OWNER = "SELECT account_id, committee_code FROM hours_entry WHERE id = $1 AND kind = 'worked'"
_ENTRY = """
    SELECT w.*, c.counted AS confirmed, EXISTS (SELECT FROM hours_entry r
        WHERE r.refers_to_id = w.id AND r.kind = 'reversed') AS is_reversed
    FROM hours_entry w LEFT JOIN hours_entry c ON c.refers_to_id = w.id AND c.kind = 'confirmed'
    WHERE w.id = $1
"""
# What counted for the same time, or on the same day.
_COUNTED = """
    SELECT c.started_at, c.ended_at, c.on_date, c.counted FROM hours_entry c
    WHERE c.account_id = $1 AND c.kind = 'confirmed'
      AND (c.on_date = $2 OR c.started_at < $4 AND c.ended_at > $3)
      AND NOT EXISTS (SELECT FROM hours_entry r WHERE r.refers_to_id = c.refers_to_id AND r.kind = 'reversed')
"""
_ADD = """
    INSERT INTO hours_entry (account_id, committee_code, kind, refers_to_id, source, source_id, order_id, number,
        item_code, title_zh, title_en, on_date, started_at, ended_at, minutes, counted, day_most, reason, acted_by_id,
        entered_at)
    SELECT account_id, committee_code, :kind, id, source, source_id, order_id, number, item_code, title_zh, title_en,
        on_date, started_at, ended_at, minutes, :counted, :day_most, :reason, :by, :now
    FROM hours_entry WHERE id = :refers_to_id
    RETURNING id
"""


async def confirm(entry_id: int, by: Actor, now: datetime) -> int:
    """Let work count. Returns the minutes that do. Confirming twice is the same.

    Raises EntryUnknown beyond one's own committees, OwnEntry, and EntrySettled for what was refused.
    """
    async with db.transaction():
        entry = await _lock(entry_id, by)
        if entry["is_reversed"]:
            raise EntrySettled(state=HoursKind.REVERSED)
        if entry["confirmed"] is not None:
            return entry["confirmed"]
        day_most = (await policies.find_rules(entry["committee_code"])).hours_day_most
        counted = await _count(entry, day_most)
        given = {"counted": counted, "day_most": day_most}
        await _add(entry, HoursKind.CONFIRMED, HoursConfirmed, by, now, given, {**given, "reason": ""})
    return counted


async def confirm_many(entry_ids: Sequence[int], by: Actor, now: datetime) -> int:
    """The same for several, each for itself. Returns how many count now; what was refused meanwhile is passed over."""
    confirmed = 0
    for entry_id in entry_ids:
        try:
            await confirm(entry_id, by, now)
        except EntrySettled:
            continue
        confirmed += 1
    return confirmed


async def reverse(entry_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Refuse work, or take back that it counts, and say why.

    Raises BadRequest without a reason, EntryUnknown, OwnEntry, and EntrySettled where it was done before.
    """
    if not reason.strip():
        raise BadRequest("reason-missing")
    async with db.transaction():
        entry = await _lock(entry_id, by)
        if entry["is_reversed"]:
            raise EntrySettled(state=HoursKind.REVERSED)
        given = {"counted": -(entry["confirmed"] or 0), "reason": reason}
        await _add(entry, HoursKind.REVERSED, HoursReversed, by, now, given, {**given, "day_most": None})


async def _lock(entry_id: int, by: Actor) -> asyncpg.Record:
    """The work of this number, of one's own committee, while nobody else writes about the person."""
    owner = await db.fetchrow(_OWNER, entry_id)
    if owner is None or not may_within(by, Permission.KEEP_VOLUNTEERS, owner["committee_code"]):
        raise EntryUnknown
    if owner["account_id"] == by.account_id:
        raise OwnEntry
    await locking.lock_people([owner["account_id"]])
    entry = await db.fetchrow(_ENTRY, entry_id)
    assert entry is not None
    return entry


async def _count(entry: Mapping[str, Any] | asyncpg.Record, day_most: int) -> int:
    span = ServiceSpan(entry["started_at"], entry["ended_at"])
    rows = await db.fetch(_COUNTED, entry["account_id"], entry["on_date"], *span)
    day_counted = sum(row["counted"] for row in rows if row["on_date"] == entry["on_date"])
    return counting.count(
        span, [ServiceSpan(row["started_at"], row["ended_at"]) for row in rows], day_counted, day_most
    )


async def _add(
    entry: asyncpg.Record,
    kind: HoursKind,
    fact: type[LedgerFact],
    by: Actor,
    now: datetime,
    said: Mapping[str, Any],
    row: Mapping[str, Any],
) -> None:
    """Add a row that refers to the work, and the fact of it."""
    added = sql(_ADD, kind=kind.value, refers_to_id=entry["id"], by=by.account_id, now=now, **row)
    about = {"subject_id": entry["account_id"], "account_ids": (entry["account_id"],), "at": now}
    who = {"area_code": entry["committee_code"], "acted_by_id": by.account_id, "refers_to_id": entry["id"]}
    await events.record(fact(entry_id=await db.fetchval(added), **about, **who, **said))
