"""What waits for the worker, how much of it is lost, and what the worker takes meanwhile: asked from outside.

Says the same of a build that delivers facts by jobs of the queue and of one that keeps them apart.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg

from bench.parts import cpu

_FACTS_APART = "SELECT to_regclass('event_pending') IS NOT NULL"
_FACTS = "SELECT count(*) FROM event_pending"
_DELIVERIES = "SELECT coalesce(sum(jsonb_array_length(convert_from(payload, 'UTF8')::jsonb)), 0) FROM pgqueuer"
_JOBS = "SELECT count(*) FROM pgqueuer WHERE status <> 'failed'"
_HELD = "SELECT count(*) FROM pgqueuer WHERE status = 'failed'"
_LOST = """
    SELECT count(*) FROM event_log e WHERE e.name = 'OrderDispatched' AND e.id > $1
      AND NOT EXISTS (SELECT FROM message m WHERE m.event_id = e.id)
"""
_NOTIFIED = "SELECT EXISTS (SELECT FROM message WHERE order_id = $1 AND id > $2)"
"""A message has no index by its order: a look through a million of them is more than the worker does for one."""
_LOOK_EVERY_S = 0.2


@dataclass(slots=True)
class Memory:
    """The most that the worker, and the processes that it started, had resident."""

    worker_mb: float = 0.0
    children_mb: float = 0.0

    def look(self, pid: int) -> None:
        worker_mb, children_mb = cpu.resident_mb(pid)
        self.worker_mb, self.children_mb = max(self.worker_mb, worker_mb), max(self.children_mb, children_mb)


async def count_facts(connection: asyncpg.Connection) -> int:
    """Facts that nobody delivered yet."""
    if await connection.fetchval(_FACTS_APART):
        return await connection.fetchval(_FACTS) or 0
    return int(await connection.fetchval(f"{_DELIVERIES} WHERE entrypoint = 'events.deliver'") or 0)


async def count_jobs(connection: asyncpg.Connection) -> int:
    """Jobs that will still run, deliveries of facts among them."""
    return await connection.fetchval(_JOBS) or 0


async def count_held(connection: asyncpg.Connection) -> int:
    return await connection.fetchval(_HELD) or 0


async def count_lost(connection: asyncpg.Connection, after_id: int) -> int:
    """New orders, recorded after this fact, of which nobody found a message."""
    return await connection.fetchval(_LOST, after_id) or 0


async def latest_message(connection: asyncpg.Connection) -> int:
    return await connection.fetchval("SELECT coalesce(max(id), 0) FROM message") or 0


async def is_notified(connection: asyncpg.Connection, order_id: int, latest: int) -> bool:
    """Whether somebody found a message about an order, behind the latest one of before it was reported."""
    return await connection.fetchval(_NOTIFIED, order_id, latest) or False


@contextmanager
def watched(pid: int) -> Iterator[Memory]:
    """Look at a worker's memory for as long as the block lasts."""
    memory = Memory()
    task = asyncio.create_task(_watch(pid, memory))
    try:
        yield memory
    finally:
        task.cancel()


async def _watch(pid: int, memory: Memory) -> None:
    while True:
        memory.look(pid)
        await asyncio.sleep(_LOOK_EVERY_S)
