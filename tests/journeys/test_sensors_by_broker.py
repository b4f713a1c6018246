"""From a device to an order on the real broker, by the real process, which is killed before it acknowledges."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from backend import clock, db
from tests.makers.broker import Broker, Publisher, running_broker
from tests.makers.sensors import alarms, make_sensor_source, make_sensors, orders, settle
from tests.makers.town import make_town

ROOT = Path(__file__).parents[2]
SOURCE = "smoke-1"
DEVICES = ("d1", "d2", "d3")
_FAREWELL_S = 20
_PATIENCE_S = 60
_IS_WAITED_FOR = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


@contextmanager
def running_listener(database: str, state: Path, broker: Broker) -> Iterator[subprocess.Popen[bytes]]:
    """`yima sensors` until the block ends, or until the block kills it."""
    named = {"DATABASE_URL": database, "YIMA_MODE": "demo", "YIMA_STATE": str(state), "YIMA_MQTT_SOURCE": SOURCE}
    environment = {**os.environ, **named, **broker.environment}
    listener = subprocess.Popen([sys.executable, "-m", "backend.cli", "sensors"], cwd=ROOT, env=environment)
    try:
        yield listener
    finally:
        listener.terminate()
        try:
            listener.wait(_FAREWELL_S)
        finally:
            listener.kill()
            listener.wait()


@pytest.fixture
async def town(database: str) -> None:
    now = clock.now()
    made = await make_town(now)
    await make_sensors(await make_sensor_source(now, name=SOURCE), made.place_id, now, *DEVICES)


def batch(numbers: range) -> list[tuple[str, bytes]]:
    """Alarms of all devices in turn, each with a number and an instant of its own."""
    now = clock.now()
    return [
        (
            f"yima/{SOURCE}/{DEVICES[number % 3]}/alarm",
            msgspec.json.encode({"at": now + timedelta(milliseconds=number), "no": str(number), "cause": "smoke"}),
        )
        for number in numbers
    ]


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not await is_so():  # noqa: ASYNC110 - another process is waited for
            await asyncio.sleep(0.05)


async def has_counted(count: int) -> bool:
    return sum(row["readings"] for row in await alarms()) == count


async def is_connected() -> bool:
    return bool(await db.fetchval("SELECT EXISTS (SELECT FROM broker_link WHERE is_connected)"))


async def test_alarms_through_a_killed_process_are_counted_once_and_become_one_order(database, tmp_path, town, intake):
    with running_broker(tmp_path / "broker") as broker:
        publisher = await asyncio.to_thread(Publisher, broker.port)
        with running_listener(database, tmp_path, broker) as listener:
            await until(is_connected)
            await asyncio.to_thread(publisher.publish_all, [*batch(range(30)), ("yima/smoke-1/d1/alarm", b"poison")])
            await until(lambda: has_counted(30))
            async with db.transaction():
                await db.execute("LOCK TABLE sensor_day IN EXCLUSIVE MODE")
                await asyncio.to_thread(publisher.publish_all, batch(range(30, 60)))
                await until(lambda: db.fetchval(_IS_WAITED_FOR))
                listener.kill()
                listener.wait()
        await asyncio.to_thread(publisher.publish_all, batch(range(60, 90)))
        with running_listener(database, tmp_path, broker):
            await until(lambda: has_counted(90))
            await asyncio.to_thread(publisher.publish_all, batch(range(20, 92)))
            await until(lambda: has_counted(92))
        publisher.close()
    await settle(clock.now())

    assert {row["device_no"]: row["readings"] for row in await alarms()} == {"d1": 31, "d2": 31, "d3": 30}
    assert [order["source_kind"] for order in await orders()] == ["sensors"]
    assert await db.fetchval("SELECT count(*) FROM intake_record WHERE state = 'unreadable'") == 1
