"""What differs between revisions of the product in what a bench touches from outside: all of it is here.

A revision fills its own database and records its own statements (`bench/parts/inside.py`), so little is left: columns
of the few rows that the benches write themselves, asked of the database.
"""

import asyncpg


async def photo_owner(connection: asyncpg.Connection) -> str:
    """The column of `photo` that says whose photo it is."""
    return await _column(connection, "photo", "owner_id", "owner")


async def photo_hashes(connection: asyncpg.Connection) -> list[str]:
    """The columns of `photo` with the hashes of its parts, where there are any: without, the worker would make them."""
    known = await _columns(connection, "photo")
    return [name for name in ("hashes", "hash_keys") if name in known]


async def messages(connection: asyncpg.Connection) -> int:
    """How many messages have been written to anybody: what a report leads to, at the least."""
    return await connection.fetchval("SELECT count(*) FROM message") or 0


async def written(connection: asyncpg.Connection) -> dict[str, int]:
    """How many rows there are of what a report leads to."""
    return {what: await connection.fetchval(f"SELECT count(*) FROM {table}") or 0 for what, table in _WRITTEN.items()}


_WRITTEN = {"orders": "work_order", "steps": "order_step", "facts": "event_log", "messages": "message"}


async def calm(connection: asyncpg.Connection) -> None:
    """Let nothing be done for the orders that were filled in: the worker would be at it for hours. As superuser.

    Nobody is reminded of them, none of them is passed on for a year, and no fact or job about them waits.
    """
    await leave_alone(connection)
    await forget_waiting(connection)


async def leave_alone(connection: asyncpg.Connection) -> None:
    """Let nobody be reminded of the orders that there are, and none be passed on for a year. As superuser."""
    await forget_reminders(connection)
    await connection.execute(
        "SET session_replication_role = replica;"
        " UPDATE work_order SET respond_by = now() + interval '1 year' WHERE state = 'dispatched';"
        " RESET session_replication_role",
        timeout=600,
    )


async def forget_reminders(connection: asyncpg.Connection) -> None:
    """Let the worker not look at orders that are there already."""
    column = await _column(connection, "work_order", "ladder_at")
    await connection.execute(f"UPDATE work_order SET {column} = NULL WHERE {column} IS NOT NULL", timeout=600)


async def forget_waiting(connection: asyncpg.Connection) -> None:
    """Empty the queue and what waits for delivery."""
    waiting = await connection.fetchval("SELECT to_regclass('event_pending')::text")  # not in builds of before
    await connection.execute(f"TRUNCATE {', '.join(filter(None, (waiting, 'pgqueuer', 'pgqueuer_log')))}")


async def _column(connection: asyncpg.Connection, table: str, *names: str) -> str:
    """The first of these columns that the table has. Raises LookupError."""
    known = await _columns(connection, table)
    found = next((name for name in names if name in known), None)
    if found is None:
        raise LookupError(f"{table} has none of the columns {', '.join(names)}: add its new name to {__file__}")
    return found


async def _columns(connection: asyncpg.Connection, table: str) -> set[str]:
    rows = await connection.fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped", table
    )
    return {row["attname"] for row in rows}
