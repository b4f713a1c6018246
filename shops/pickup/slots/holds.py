"""占位: a place is kept for some minutes while somebody decides, and is free again by itself.

Each person has one hold for each shop: another one takes its place. A hold that is over takes no place for anybody who
asks; its row goes with the next one who needs the place, or within a minute.
"""

from datetime import datetime, timedelta

import asyncpg

from backend import db
from backend.sql import sql
from shops.pickup.locking import lock_shop
from shops.pickup.slots import places

MINUTES = 5
_MINE = "SELECT id, slot_id, litres FROM pickup_hold WHERE shop_id = $1 AND account_id = $2 FOR UPDATE"
_DROP = "DELETE FROM pickup_hold WHERE id = $1"
_ADD = """
    INSERT INTO pickup_hold (slot_id, shop_id, account_id, litres, until)
    VALUES (:slot_id, :shop_id, :account_id, :litres, :until)
"""
_USE = "DELETE FROM pickup_hold WHERE id = $1 AND until > $2 RETURNING litres"
# Whoever else takes these out at this instant gives their places back, too: nobody waits, each is given back once.
_EXPIRED = """
    DELETE FROM pickup_hold WHERE id IN (
        SELECT id FROM pickup_hold WHERE until <= $1 AND ($2::bigint IS NULL OR slot_id = $2)
        ORDER BY id LIMIT 200 FOR UPDATE SKIP LOCKED
    ) RETURNING slot_id, litres
"""


class _NoneFree(Exception):
    """Undoes what was done so far."""


async def keep(slot_id: int, shop_id: int, account_id: int, litres: int, now: datetime) -> datetime | None:
    """Hold a place for a person, in place of the hold that the person has. Until when; None where none is free.

    Where none is free the earlier hold stays.
    """
    await release_expired(now, slot_id)
    until = now + timedelta(minutes=MINUTES)
    row = sql(_ADD, slot_id=slot_id, shop_id=shop_id, account_id=account_id, litres=litres, until=until)
    try:
        async with db.transaction():
            await lock_shop(shop_id)
            earlier = await db.fetchrow(_MINE, shop_id, account_id)
            if earlier is not None:
                await db.execute(_DROP, earlier["id"])
            await db.execute(row)
            await _move(earlier, slot_id, litres, now)
    except _NoneFree:
        return None
    return until


async def _move(earlier: asyncpg.Record | None, slot_id: int, litres: int, now: datetime) -> None:
    """Give the place of the earlier hold back and take the other one, in the order of the slots' ids."""
    changes = [(slot_id, True)] + ([(earlier["slot_id"], False)] if earlier else [])
    for changed_id, is_new in sorted(changes):
        if not is_new and earlier is not None:
            await places.release(changed_id, 1, earlier["litres"])
        elif is_new and not await places.hold(slot_id, litres, now):
            raise _NoneFree


async def use(hold_id: int, now: datetime) -> int | None:
    """Turn a hold into a booking, in the caller's transaction: its litres, None where it is over."""
    return await db.fetchval(_USE, hold_id, now)


async def let_go(shop_id: int, account_id: int) -> None:
    """Release what a person holds for a shop. Nothing happens where that is nothing."""
    async with db.transaction():
        found = await db.fetchrow(_MINE, shop_id, account_id)
        if found is not None:
            await db.execute(_DROP, found["id"])
            await places.release(found["slot_id"], 1, found["litres"])


async def release_expired(now: datetime, slot_id: int | None = None) -> int:
    """Give back the places of holds that are over, of one slot or of all. Says how many. Safe to repeat."""
    async with db.transaction():
        gone = await db.fetch(_EXPIRED, now, slot_id)
        by_slot: dict[int, list[int]] = {}
        for row in gone:
            by_slot.setdefault(row["slot_id"], []).append(row["litres"])
        for each, litres in sorted(by_slot.items()):
            await places.release(each, len(litres), sum(litres))
    return len(gone)
