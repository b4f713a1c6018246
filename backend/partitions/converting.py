"""For migrations: a filled table becomes the first partition of a partitioned one, without copying a row.

`prepare` does what takes its time while rows go on being written; `convert` is an instant. Both ask the catalogue for
the table's own indexes, checks, keys and triggers, and give them to what takes its name.
"""

from datetime import datetime

import asyncpg

from backend.partitions.making import attach, make_rest
from backend.partitions.months import Month, month_of

_DAY_S = 86400.0
_IS_PARTITIONED = "SELECT relkind = 'p' FROM pg_class WHERE oid = $1::text::regclass"
# Rows go on coming between the two steps, so the border lies some days ahead at least.
_LATEST = "SELECT greatest(now() + interval '3 days', max({arrived})) FROM {table}"
_BORDER = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = $1::text::regclass AND conname = $2"
_CONSTRAINTS = """
    SELECT conname AS name, contype = 'c' AS is_check, pg_get_constraintdef(oid) AS said FROM pg_constraint
    WHERE conrelid = $1::text::regclass AND (contype = 'f' OR contype = 'c' AND NOT convalidated) ORDER BY conname
"""
_INDEXES = """
    SELECT c.relname AS name, 'USING ' || split_part(pg_get_indexdef(c.oid), ' USING ', 2) AS said,
           i.indisunique AS is_unique
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = $1::text::regclass AND NOT i.indisprimary AND c.relname <> $2 ORDER BY c.relname
"""
_TRIGGERS = """
    SELECT tgname AS name, pg_get_triggerdef(oid) AS said FROM pg_trigger
    WHERE tgrelid = $1::text::regclass AND NOT tgisinternal ORDER BY tgname
"""
_REFERRING = """
    SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = $1::text::regclass LIMIT 1
"""


async def prepare(connection: asyncpg.Connection, table: str, arrived: str) -> None:
    """Outside of a transaction, safe to repeat: the key of a partition, and the proof of where the table ends."""
    if await connection.fetchval(_IS_PARTITIONED, table):
        return
    latest = await connection.fetchval(_LATEST.format(arrived=arrived, table=table), timeout=_DAY_S)
    border = month_of(_instant(latest)).plus(1).begins_at.isoformat()
    for statement in (
        f"DROP INDEX CONCURRENTLY IF EXISTS {_key(table)}",
        f"CREATE UNIQUE INDEX CONCURRENTLY {_key(table)} ON {table} (id, {arrived})",
        f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {_check(table)}",
        f"ALTER TABLE {table} ADD CONSTRAINT {_check(table)}"
        f" CHECK ({arrived} IS NOT NULL AND {arrived} < '{border}') NOT VALID",
        f"ALTER TABLE {table} VALIDATE CONSTRAINT {_check(table)}",
    ):
        await connection.execute(statement, timeout=_DAY_S)


async def convert(connection: asyncpg.Connection, table: str, arrived: str) -> None:
    """Within a transaction, after `prepare`: the table is the partition of all before its border, and a rest follows.

    A unique index other than the key goes: it cannot span partitions. Raises RuntimeError where a table refers to it.
    """
    if referring := await connection.fetchval(_REFERRING, table):
        raise RuntimeError(f"{referring} refers to {table}, of which there is no key across months")
    # The table's own statements say where it ends: whoever reads this later reads the same border.
    end = await _end(connection, table)
    old = f"{table}_before_{end.suffix}"
    await connection.execute("SET LOCAL lock_timeout = '5s'")
    constraints = await connection.fetch(_CONSTRAINTS, table)
    indexes, triggers = await connection.fetch(_INDEXES, table, _key(table)), await connection.fetch(_TRIGGERS, table)
    for trigger in triggers:
        await connection.execute(f"DROP TRIGGER {trigger['name']} ON {table}")
    await _make_parent(connection, table, old, arrived)
    await _rename_indexes(connection, old, table, indexes)
    await _repeat(connection, old, table, constraints)
    for index in indexes:
        if not index["is_unique"]:
            await connection.execute(f"CREATE INDEX {index['name']} ON {table} {index['said']}")
    await attach(connection, table, old, None, end.begins_at)
    await connection.execute(f"ALTER TABLE {old} DROP CONSTRAINT {_check(table)}")
    for trigger in triggers:
        await connection.execute(trigger["said"])
    await make_rest(connection, table, end)


async def _make_parent(connection: asyncpg.Connection, table: str, old: str, arrived: str) -> None:
    """Rename the table, and let an empty partitioned one with its columns, sequence and key take its name."""
    sequence = await connection.fetchval("SELECT pg_get_serial_sequence($1, 'id')", table)
    for statement in (
        f"ALTER TABLE {table} RENAME TO {old}",
        f"ALTER TABLE {old} DROP CONSTRAINT {table}_pkey",
        f"ALTER INDEX {_key(table)} RENAME TO {old}_pkey",
        f"ALTER TABLE {old} ADD PRIMARY KEY USING INDEX {old}_pkey",
        f"CREATE TABLE {table} (LIKE {old} INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE ({arrived})",
        f"ALTER TABLE {table} DROP CONSTRAINT {_check(table)}",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (id, {arrived})",
        f"ALTER SEQUENCE {sequence} OWNED BY {table}.id",
    ):
        await connection.execute(statement)


async def _repeat(connection: asyncpg.Connection, old: str, table: str, constraints: list[asyncpg.Record]) -> None:
    """Foreign keys, and checks that earlier rows need not pass: such a check must be equally lenient in both."""
    for each in constraints:
        add = f"ADD CONSTRAINT {each['name']} {each['said']}"
        if each["is_check"]:
            await connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {each['name']}")
            await connection.execute(f"ALTER TABLE {old} DROP CONSTRAINT {each['name']}, {add}")
        await connection.execute(f"ALTER TABLE {table} {add}")


async def _rename_indexes(connection: asyncpg.Connection, old: str, table: str, indexes: list[asyncpg.Record]) -> None:
    """Give the names of the indexes to those of the partitioned table."""
    for index in indexes:
        if index["is_unique"]:
            await connection.execute(f"DROP INDEX {index['name']}")
        else:
            ours = index["name"].replace(table, old, 1)
            await connection.execute(f"ALTER INDEX {index['name']} RENAME TO {ours}")


async def _end(connection: asyncpg.Connection, table: str) -> Month:
    border = await connection.fetchval(
        "SELECT (regexp_match($1::text, $$< '([^']+)'$$))[1]::timestamptz",
        await connection.fetchval(_BORDER, table, _check(table)),
    )
    return month_of(_instant(border))


def _instant(found: object) -> datetime:
    assert isinstance(found, datetime)
    return found


def _key(table: str) -> str:
    return f"{table}_by_month_key"


def _check(table: str) -> str:
    return f"{table}_ends"
