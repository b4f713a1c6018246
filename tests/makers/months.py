"""Months as a test needs them, and the present ones again after it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import asyncpg

from backend import clock, db
from backend.events.months import LOG
from backend.orders.cases.archiving import steps_by_month
from backend.partitions import catalogue, making
from backend.partitions.archiving import Archiving, Taken
from backend.partitions.months import Month, month_of, months

_OTHERS = r"""
    SELECT relname AS name FROM pg_class
    WHERE relkind = 'r' AND NOT relispartition
      AND relname ~ ('^' || $1 || '_((before_|from_)?\d{4}_\d\d(_\d+)?|retained)$')
"""


@asynccontextmanager
async def laid(first: Month, end: Month) -> AsyncIterator[None]:
    """Empty tables with a partition before `first`, one for each month up to `end`, and one for all from there on."""
    await lay(first, end)
    try:
        yield
    finally:
        this = month_of(clock.now())
        await lay(this.plus(1), this.plus(making.AHEAD + 1))


async def lay(first: Month, end: Month) -> None:
    async with db.connection() as connection, connection.transaction():
        for table in await catalogue.list_tables(connection):
            await _lay(connection, table, first, end)


async def _lay(connection: asyncpg.Connection, table: str, first: Month, end: Month) -> None:
    loose = [row["name"] for row in await connection.fetch(_OTHERS, table)]
    for name in [*(part.name for part in await catalogue.list_parts(connection, table)), *loose]:
        await connection.execute(f"DROP TABLE {name}")
    before = f"{table}_before_{first.suffix}"
    await making.make_part(connection, table, before)
    await making.attach(connection, table, before, None, first.begins_at)
    for month in months(first, end):
        await making.make_part(connection, table, name := f"{table}_{month.suffix}")
        await making.attach(connection, table, name, month.begins_at, month.plus(1).begins_at)
    await making.make_rest(connection, table, end)


async def names_of(table: str) -> list[str]:
    """The partitions, oldest first, without the table's own name."""
    async with db.connection() as connection:
        parts = await catalogue.list_parts(connection, table)
    return [part.name.removeprefix(f"{table}_") for part in parts]


async def archive_steps(before: Month, folder: Path, now: datetime, *, drops: bool = False) -> list[Taken]:
    table = await steps_by_month()
    async with db.connection() as connection:
        return await Archiving(connection, table, folder, now, drops=drops).run(before)


async def archive_log(before: Month, folder: Path, now: datetime, *, drops: bool = False) -> list[Taken]:
    async with db.connection() as connection:
        return await Archiving(connection, LOG, folder, now, drops=drops).run(before)


async def record_at(at: datetime, subject_id: int, name: str = "OrderAccepted", *, waits: bool = False) -> int:
    """A fact that was recorded at an instant; its id. `waits`: it was never delivered."""
    event_id = await db.fetchval(
        "INSERT INTO event_log (name, subject, subject_id, version, area_code, account_ids, body, recorded_at)"
        " VALUES ($1, 'order', $2, 1, '', '{}', $3::jsonb, $4) RETURNING id",
        name,
        subject_id,
        f'{{"subject_id": {subject_id}}}',
        at,
    )
    if waits:
        await db.execute("INSERT INTO event_pending (event_id) VALUES ($1)", event_id)
    return event_id


async def part_of(table: str, row_id: int) -> str:
    """The partition in which a row stands."""
    return await db.fetchval(f"SELECT tableoid::regclass::text FROM {table} WHERE id = $1", row_id)
