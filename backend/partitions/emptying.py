"""Old months of what has a term and no archive: their rows go at once, and their space with them."""

import asyncpg

from backend.partitions.catalogue import list_parts
from backend.partitions.months import Month

_MOMENT = "SET LOCAL lock_timeout = '100ms'"


async def empty_before(connection: asyncpg.Connection, table: str, before: Month) -> list[str]:
    """Take all rows out of the parts that end at or before a month. Returns the parts that had any.

    A part that is in use is left for the next time: nobody waits behind this.
    """
    emptied: list[str] = []
    for part in await list_parts(connection, table):
        if part.until is None or part.until > before:
            continue
        if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {part.name})"):
            try:
                async with connection.transaction():
                    await connection.execute(_MOMENT)
                    await connection.execute(f"TRUNCATE {part.name}")
                emptied.append(part.name)
            except asyncpg.LockNotAvailableError:
                continue
    return emptied
