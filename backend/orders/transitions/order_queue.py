"""One after another at one order, so that an order which somebody holds locked stops nobody but those who want it.

What decides is the lock of the row. But whoever waits for that holds a connection of the pool, and a dozen taps on one
order would hold them all. So those who want the same order queue here, without a connection; the first of them waits
for the row. Nobody waits longer than `db.LOCK_TIMEOUT_S`, and is told then that nothing was done.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

import asyncpg

from backend import db
from backend.errors import Busy

_queues: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()


@asynccontextmanager
async def wait_turn(order_id: int) -> AsyncIterator[None]:
    """The transaction of a verb about this order, once it is its turn. Within another one it joins that.

    Raises Busy when the order, or a row that the verb needs besides, stays locked.
    """
    if db.is_in_transaction():
        yield
        return
    queue = _queues.setdefault(order_id, asyncio.Lock())
    await _wait_for(queue)
    try:
        async with db.transaction():
            yield
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error
    finally:
        queue.release()


async def _wait_for(queue: asyncio.Lock) -> None:
    try:
        async with asyncio.timeout(db.LOCK_TIMEOUT_S):
            await queue.acquire()
    except TimeoutError as error:
        raise Busy from error
