"""Partitions are made months before their first row comes; what came before it was made keeps its place."""

from datetime import datetime

import asyncpg

from backend.partitions.catalogue import Part, find_end, list_parts, list_tables
from backend.partitions.locking import alone, one_at_a_time
from backend.partitions.months import Month, month_of, months

AHEAD = 3
"""Whole months that are made beyond the present one."""
_PATIENCE_S = 10.0
_HOUR_S = 3600.0
# Beside the columns: what every row is checked for, and how it is found. Foreign keys and triggers come with ATTACH.
_LIKE = "INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE INCLUDING COMPRESSION"


async def make_ahead(connection: asyncpg.Connection, now: datetime) -> list[str]:
    """Make what is not there of the months up to AHEAD beyond the present one, of every table that is cut by month.

    Returns the names of what was made. Raises TableBusy; then the tables before it are done.
    """
    made: list[str] = []
    async with one_at_a_time(connection):
        for table, arrived in (await list_tables(connection)).items():
            rest = (await list_parts(connection, table))[-1]
            if _missing(rest, now):
                made += await _extend(connection, table, arrived, now)
                # The server itself keeps statistics of partitions alone.
                await connection.execute(f"ANALYZE {table}", timeout=_HOUR_S)
    return made


async def list_unmade(connection: asyncpg.Connection, now: datetime) -> list[str]:
    """The tables of which the next month has no partition of its own."""
    ends = {table: await find_end(connection, table) for table in await list_tables(connection)}
    return [table for table, end in ends.items() if end is not None and end <= month_of(now).plus(1)]


async def make_part(connection: asyncpg.Connection, table: str, name: str) -> None:
    """A table like the partitions of `table`, not yet one of them."""
    await connection.execute(f"CREATE TABLE {name} (LIKE {table} {_LIKE})")


async def attach(
    connection: asyncpg.Connection, table: str, name: str, from_at: datetime | None, until_at: datetime | None
) -> None:
    """Make a table a partition. None: without this border."""
    await connection.execute(
        f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ({_border(from_at, 'MINVALUE')})"
        f" TO ({_border(until_at, 'MAXVALUE')})"
    )


async def detach(connection: asyncpg.Connection, table: str, name: str) -> None:
    await connection.execute(f"ALTER TABLE {table} DETACH PARTITION {name}")


async def make_rest(connection: asyncpg.Connection, table: str, first: Month) -> None:
    """The partition of everything from a month on."""
    name = f"{table}_from_{first.suffix}"
    await make_part(connection, table, name)
    await attach(connection, table, name, first.begins_at, None)


async def _extend(connection: asyncpg.Connection, table: str, arrived: str, now: datetime) -> list[str]:
    """Put months between the last one made and the rest. Rows that came there already stay in one for all of them."""
    rest = (await list_parts(connection, table))[-1]
    from_at, names = rest.from_at, list[str]()
    assert from_at is not None

    async def put_between() -> None:
        names.clear()
        first, unmade = month_of(from_at), _missing(rest, now)
        await detach(connection, table, rest.name)
        if latest := await connection.fetchval(f"SELECT max({arrived}) FROM {rest.name}"):
            first = month_of(latest).plus(1)
            unmade = [month for month in unmade if month >= first]
            await attach(connection, table, rest.name, from_at, first.begins_at)
        for month in unmade:
            name = f"{table}_{month.suffix}"
            if month == month_of(from_at):
                await connection.execute(f"ALTER TABLE {rest.name} RENAME TO {name}")
            else:
                await make_part(connection, table, name)
            await attach(connection, table, name, month.begins_at, month.plus(1).begins_at)
            names.append(name)
        await make_rest(connection, table, unmade[-1].plus(1) if unmade else first)

    await alone(connection, table, put_between, [rest.name], patience_s=_PATIENCE_S)
    return names


def _missing(rest: Part, now: datetime) -> list[Month]:
    """The months that are to be made, and lie in what is now the rest."""
    if rest.until_at is not None or rest.from_at is None:
        return []
    return list(months(month_of(rest.from_at), month_of(now).plus(AHEAD + 1)))


def _border(at: datetime | None, without: str) -> str:
    return without if at is None else f"'{at.isoformat()}'"
