"""A few at a time at one slot, so that whoever comes late is told so before anything is written.

What decides is the slot's row (`places.py`). But the pool of connections serves all who wait step by step: three
hundred who ask at once would all see the last places free, and each would write a booking and an order to undo them
again. So those who want the same slot of a process go in a few at a time, and wait without a connection.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from backend import db
from backend.errors import Busy

AT_ONCE = 4
"""More than one, so that who books waits for no other one's commit; few, so that few write in vain."""
WAITS_S = 2 * db.LOCK_TIMEOUT_S
_turns: WeakValueDictionary[int, asyncio.Semaphore] = WeakValueDictionary()


@asynccontextmanager
async def wait_turn(slot_id: int) -> AsyncIterator[None]:
    """Go in at a slot. Raises Busy where that takes too long: nothing was done."""
    turn = _turns.setdefault(slot_id, asyncio.Semaphore(AT_ONCE))
    try:
        async with asyncio.timeout(WAITS_S):
            await turn.acquire()
    except TimeoutError as error:
        raise Busy from error
    try:
        yield
    finally:
        turn.release()
