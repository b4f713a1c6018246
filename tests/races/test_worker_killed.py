"""The worker is killed between two reactions: nothing is lost and nothing is told twice."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

from backend import db
from backend.jobs import runner
from backend.worker import handlers
from tests.makers.orders import make_order
from tests.makers.town import make_town

ROOT = Path(__file__).parents[2]
ORDERS = 60
_TOLD_OF_REPORTS = """
    SELECT count(*) FROM message m JOIN work_order o ON o.id = m.order_id
    WHERE m.kind = 'OrderDispatched' AND o.source_kind = 'report'
"""


async def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(database, now, tmp_path):
    town = await make_town(now)
    for _ in range(ORDERS):
        await make_order(town, now)

    worker = start_worker(database, tmp_path)
    try:
        await some_messages(at_least=5)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    await release_what_the_dead_held()
    await runner.drain(database, handlers())

    assert await db.fetchval(_TOLD_OF_REPORTS) == ORDERS
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


def start_worker(database: str, state: Path) -> subprocess.Popen[bytes]:
    named = {"DATABASE_URL": database, "YIMA_MODE": "demo", "YIMA_STATE": str(state)}
    return subprocess.Popen([sys.executable, "-m", "backend.cli", "work"], cwd=ROOT, env={**os.environ, **named})


async def some_messages(at_least: int) -> None:
    """Look until the first reactions have run; the worker is then somewhere between two of them."""
    async with asyncio.timeout(30):
        told = 0
        while told < at_least:
            told = await db.fetchval("SELECT count(*) FROM message")


async def release_what_the_dead_held() -> None:
    """What the next worker does by itself once the dead one's heartbeat is older than its limit."""
    await db.execute("UPDATE pgqueuer SET heartbeat = now() - interval '1 hour' WHERE status = 'picked'")
