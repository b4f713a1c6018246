"""What differs between revisions of the product in what a bench touches from outside: all of it is here.

A revision fills its own database and records its own statements (`bench/parts/inside.py`), so little is left: columns
of the few rows that the benches write themselves, asked of the database.
"""

import asyncpg


async def photo_owner(connection: asyncpg.Connection) -> str:
    """The column of `photo` that says whose photo it is."""
    return await _column(connection, "photo", "owner_id", "owner")


async def _column(connection: asyncpg.Connection, table: str, *names: str) -> str:
    """The first of these columns that the table has. Raises LookupError."""
    rows = await connection.fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped", table
    )
    known = {row["attname"] for row in rows}
    found = next((name for name in names if name in known), None)
    if found is None:
        raise LookupError(f"{table} has none of the columns {', '.join(names)}: add its new name to {__file__}")
    return found
