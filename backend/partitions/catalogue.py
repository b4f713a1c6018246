"""Which partitions a table has, as the server's catalogue says."""

from datetime import datetime

import asyncpg
import msgspec

from backend.partitions.months import Month, month_of
from backend.sql import Sql


class PartitionedTable(msgspec.Struct, frozen=True):
    """A table that is cut by month. `arrived`: the column with the instant of arrival; `id` is its key otherwise.

    `retained`: SQL of the rows, as `row`, that stay readable when all before the instant `:before` is taken out.
    """

    name: str
    arrived: str
    retained: Sql


class Part(msgspec.Struct, frozen=True):
    """One partition: rows from `from_at` on, without `until_at`. None: without such a border."""

    name: str
    from_at: datetime | None
    until_at: datetime | None

    @property
    def until(self) -> Month | None:
        return self.until_at and month_of(self.until_at)


_TABLES = """
    SELECT c.relname AS name, a.attname AS arrived
    FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
    WHERE c.relnamespace = current_schema()::regnamespace ORDER BY c.relname
"""
# Borders are shown in the session's zone, with its offset, and read back as instants.
_PARTS = r"""
    SELECT name, CASE WHEN low <> 'MINVALUE' THEN low::timestamptz END AS from_at,
           CASE WHEN high <> 'MAXVALUE' THEN high::timestamptz END AS until_at
    FROM (
        SELECT c.relname AS name,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), $$FROM \('?([^')]+)'?\)$$))[1] AS low,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), $$TO \('?([^')]+)'?\)$$))[1] AS high
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = $1::text::regclass
    ) bound
    ORDER BY low <> 'MINVALUE', high = 'MAXVALUE', 2
"""
# By its name alone: whatever stopped between taking out and writing down left it so.
_LOOSE = r"""
    SELECT c.relname AS name FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
      AND c.relname ~ ('^' || $1 || '_(before_|from_)?\d{4}_\d\d(_\d+)?$')
      AND NOT EXISTS (SELECT FROM archived_part a WHERE a.name = c.relname)
    ORDER BY c.relname
"""

_IS_TAKEN = "SELECT to_regclass($1) IS NOT NULL OR EXISTS (SELECT FROM archived_part WHERE name = $1)"


async def list_tables(connection: asyncpg.Connection) -> dict[str, str]:
    """The tables that are cut by month, each with its column of arrival."""
    return {row["name"]: row["arrived"] for row in await connection.fetch(_TABLES)}


async def list_parts(connection: asyncpg.Connection, table: str) -> list[Part]:
    """The partitions of a table, oldest first; none where it is not partitioned, or not there."""
    if await connection.fetchval("SELECT to_regclass($1) IS NULL", table):
        return []
    return [Part(**row) for row in await connection.fetch(_PARTS, table)]


async def list_loose(connection: asyncpg.Connection, table: str) -> list[str]:
    """Tables that were taken out and of which nothing is written down yet: an archiving that broke off."""
    return [row["name"] for row in await connection.fetch(_LOOSE, table)]


async def find_free_name(connection: asyncpg.Connection, name: str) -> str:
    """A name for a partition that none has and none had: the given one, or `…_2`, `…_3`."""
    number, free = 1, name
    while await connection.fetchval(_IS_TAKEN, free):
        number += 1
        free = f"{name}_{number}"
    return free


async def find_end(connection: asyncpg.Connection, table: str) -> Month | None:
    """The first month that has no partition of its own; None where the table is not cut by month."""
    parts = await list_parts(connection, table)
    after = parts[-1].from_at if parts else None
    return month_of(after) if after else None
