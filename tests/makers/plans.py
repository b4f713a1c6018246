"""Which indexes PostgreSQL would use for a statement, and which tables it would read from end to end."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from backend import db
from bench.parts.statements import Statement

_ROOTS = """
    SELECT relname AS name, coalesce(pg_partition_root(oid), oid)::regclass::text AS root,
           relispartition AND pg_relation_size(oid) = 0 AS is_empty_month
    FROM pg_class WHERE relkind IN ('r', 'p', 'i', 'I') AND relnamespace = 'public'::regnamespace
"""
_NO_PLAN = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ", "LISTEN", "UNLISTEN", "CLOSE")
# A few hundred pages of a test are read as soon as they are sought; in a town they lie on a disk, and are many.
_AS_IN_A_TOWN = "SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0"


class Plan(NamedTuple):
    indexes: set[str]
    read_whole: set[str]
    """Tables that are read from end to end."""


async def plans_of(statements: Sequence[Statement], *, for_any_values: bool) -> list[Plan]:
    """The plans for these values, or those that a connection keeps. Partitions go by their parent's name.

    A month that has not begun is no table that is read whole: the plan is made anew when it has rows.
    """
    async with db.transaction() as transaction:
        await db.execute(_AS_IN_A_TOWN)
        mode = "force_generic_plan" if for_any_values else "force_custom_plan"
        await db.execute(f"SET LOCAL plan_cache_mode = {mode}")
        explain = _kept_plan if for_any_values else _plan_for_values
        texts = [await explain(statement) for statement in statements]
        found = await db.fetch(_ROOTS)
        await transaction.rollback()
    roots, empty = {row["name"]: row["root"] for row in found}, {row["name"] for row in found if row["is_empty_month"]}
    return [_read(text, roots, empty) for text in texts]


def _read(text: str, roots: dict[str, str], empty: set[str]) -> Plan:
    nodes = list(_nodes(json.loads(text)[0]["Plan"]))
    read = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
    whole = {roots.get(name, "") for name in read - empty}
    return Plan({roots.get(node["Index Name"], "") for node in nodes if "Index Name" in node}, whole)


def has_plan(statement: Statement) -> bool:
    """Whether it is more than a step of a transaction."""
    return not statement.sql.lstrip().upper().startswith(_NO_PLAN)


async def _plan_for_values(statement: Statement) -> str:
    return await db.fetchval(f"EXPLAIN (FORMAT JSON) {statement.sql}", *statement.values)


async def _kept_plan(statement: Statement) -> str:
    """It does not depend on values, so that each may be null."""
    await db.execute(f"PREPARE looked_at AS {statement.sql}")
    values = ", ".join("NULL" for _ in statement.values)
    found = await db.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE looked_at{f'({values})' if values else ''}")
    await db.execute("DEALLOCATE looked_at")
    return found


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)
