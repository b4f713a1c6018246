"""Put jobs into the queue, on the caller's connection and so inside its transaction."""

from datetime import timedelta
from functools import cache
from typing import Any

import msgspec
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from pgqueuer.queries import Queries

from backend import db


async def enqueue(
    name: str, payload: Any, *, after: timedelta | None = None, dedupe_key: str | None = None, priority: int = 0
) -> None:
    """Enqueue one job. With a dedupe key, a job that is still waiting under the same key is left as it is."""
    await enqueue_many(name, [payload], after=after, dedupe_keys=[dedupe_key], priority=priority)


async def enqueue_many(
    name: str,
    payloads: list[Any],
    *,
    after: timedelta | None = None,
    dedupe_keys: list[str | None] | None = None,
    priority: int = 0,
) -> None:
    """Enqueue jobs of one name in one statement."""
    count = len(payloads)
    await db.execute(
        _enqueue_sql(),
        [priority] * count,
        [name] * count,
        [msgspec.json.encode(payload) for payload in payloads],
        [after or timedelta(0)] * count,
        dedupe_keys or [None] * count,
        ["{}"] * count,
    )


async def install() -> None:
    """Create the queue's tables, or bring them up to the library's version. Safe to repeat."""
    async with db.connection() as connection:
        queries = Queries.from_asyncpg_connection(connection)
        if await queries.schema_is_installed():
            await queries.upgrade()
        else:
            await queries.install()


@cache
def _enqueue_sql() -> str:
    return QueryQueueBuilder().build_enqueue_query("skip")
