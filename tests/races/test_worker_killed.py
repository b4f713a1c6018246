"""The worker is killed in the middle of a batch: nothing is lost and nobody is notified twice."""

import asyncio

import pytest

from backend import db
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import work
from tests.makers.workers import running_worker

ORDERS = 12
_MESSAGES_OF_REPORTS = """
    SELECT count(*) FROM message m JOIN work_order o ON o.id = m.order_id
    WHERE m.kind = 'OrderDispatched' AND o.source_kind = 'report'
"""
_ROOT_CAUSES = "SELECT count(*) FROM work_order WHERE source_kind = 'root_cause'"
_IS_WAITED_FOR = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


@pytest.mark.parametrize("table", ["event_pending", "message", "order_step"])
async def test_a_worker_killed_while_it_writes_loses_nothing_and_repeats_nothing(database, now, tmp_path, table):
    """It is held up where it takes facts out, writes messages, or opens what follows from a report, and then killed."""
    town = await make_town(now)
    for _ in range(ORDERS):
        await make_order(town, now)

    with running_worker(database, tmp_path) as worker:
        async with db.transaction():
            await db.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            await somebody_waits()
            worker.kill()
            worker.wait()
    await work(database)

    assert await db.fetchval(_MESSAGES_OF_REPORTS) == ORDERS
    assert await db.fetchval(_ROOT_CAUSES) == 1
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


async def somebody_waits() -> None:
    """Look until somebody waits for the lock that this transaction has."""
    async with asyncio.timeout(60):
        while not await db.fetchval(_IS_WAITED_FOR):
            pass
