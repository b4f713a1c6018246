"""The places of a slot, counted in its row: taken, held and given back by one conditional UPDATE each.

The row of a slot is what everybody wants at once, so a transaction changes it last: whoever waits for it waits for a
commit and for nothing else. Who changes two slots does so in the order of their ids.
"""

from datetime import datetime

from backend import db
from backend.sql import sql

_CHANGE = """
    UPDATE pickup_slot SET booked = booked + :booked, held = held + :held, loaded_l = loaded_l + :litres
     WHERE id = :slot_id AND booked + :booked + held + :held <= capacity AND loaded_l + :litres <= load_l
       AND cutoff_at > :now
    RETURNING id
"""
_GIVE_BACK = """
    UPDATE pickup_slot SET booked = booked - $2, held = held - $3, loaded_l = loaded_l - $4 WHERE id = $1
"""


async def take(slot_id: int, litres: int, now: datetime, *, held_l: int | None = None) -> bool:
    """Take a place before the cut-off; `held_l`: in place of a hold of so many litres. False where there is none."""
    held = 0 if held_l is None else 1
    return await _change(slot_id, now, booked=1, held=-held, litres=litres - (held_l or 0))


async def hold(slot_id: int, litres: int, now: datetime) -> bool:
    """Hold a place before the cut-off. False where there is none."""
    return await _change(slot_id, now, booked=0, held=1, litres=litres)


async def refill(slot_id: int, litres: int, now: datetime) -> bool:
    """So many litres more, or less, on a place that is taken. False where the vehicle has no space for them."""
    return await _change(slot_id, now, booked=0, held=0, litres=litres)


async def give_back(slot_id: int, litres: int) -> None:
    """The place of a booking is free again."""
    await db.execute(_GIVE_BACK, slot_id, 1, 0, litres)


async def release(slot_id: int, holds: int, litres: int) -> None:
    """The places of holds are free again."""
    await db.execute(_GIVE_BACK, slot_id, 0, holds, litres)


async def _change(slot_id: int, now: datetime, *, booked: int, held: int, litres: int) -> bool:
    change = sql(_CHANGE, slot_id=slot_id, now=now, booked=booked, held=held, litres=litres)
    return await db.fetchval(change) is not None
