"""A table to oneself for an instant: the only way in which partitions are put in and taken out.

That needs the table alone, and the tables that it refers to without writers. Verbs write both in either order, so who
waits for them in a transaction deadlocks with them, and behind whoever waits everybody else queues. So nobody waits
for more than a tenth of a second: what is not free is let go and tried again. DETACH … CONCURRENTLY would not queue
either, but between it and what takes its place rows that are needed could not be read, and half of it may be left.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import asyncpg

from backend.errors import Unavailable

_MOMENT = "SET LOCAL lock_timeout = '100ms'"
_PAUSE_S = 0.4
_LOCK = 0x4D4F4E54  # "MONT"
_REFERRED_TO = """
    SELECT DISTINCT confrelid::regclass::text AS name FROM pg_constraint
    WHERE contype = 'f' AND conrelid = $1::text::regclass AND confrelid <> conrelid
"""
PATIENCE_S = 60.0
Work = Callable[[], Awaitable[None]]


class TableBusy(Unavailable):
    """Somebody used the table all the time; nothing was changed."""

    code = "table-busy"


@asynccontextmanager
async def one_at_a_time(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Among processes that make months or archive them. Raises TableBusy where another one goes on doing so."""
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK, timeout=PATIENCE_S)
    except TimeoutError as error:
        raise TableBusy from error
    try:
        yield
    finally:
        await connection.execute("SELECT pg_advisory_unlock($1)", _LOCK)


async def alone(
    connection: asyncpg.Connection, table: str, work: Work, parts: Sequence[str] = (), *, patience_s: float = PATIENCE_S
) -> None:
    """Do short work in a transaction that has a table and these partitions of it to itself. Raises TableBusy.

    Work that meets a lock of somebody else is undone and begun anew.
    """
    referred = [row["name"] for row in await connection.fetch(_REFERRED_TO, table)]
    locks = [
        *(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE" for name in referred),
        *(f"LOCK TABLE ONLY {name} IN ACCESS EXCLUSIVE MODE" for name in (table, *parts)),
    ]
    await _attempt(connection, locks, work, patience_s)


async def drop(connection: asyncpg.Connection, name: str, work: Work | None = None) -> None:
    """Drop a table that nobody uses, and do `work` in the same transaction. Raises TableBusy.

    What it refers to loses triggers by that, and is needed alone for an instant.
    """

    async def drop_and_work() -> None:
        await connection.execute(f"DROP TABLE {name}")
        if work:
            await work()

    referred = await connection.fetch(_REFERRED_TO, name)
    locks = [f"LOCK TABLE ONLY {row['name']} IN ACCESS EXCLUSIVE MODE" for row in referred]
    await _attempt(connection, locks, drop_and_work, PATIENCE_S)


async def _attempt(connection: asyncpg.Connection, locks: Sequence[str], work: Work, patience_s: float) -> None:
    until = asyncio.get_running_loop().time() + patience_s
    while True:
        try:
            async with connection.transaction():
                await connection.execute(_MOMENT)
                for lock in locks:
                    await connection.execute(lock)
                await work()
                return
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
            if asyncio.get_running_loop().time() > until:
                raise TableBusy from error
        await asyncio.sleep(_PAUSE_S)
