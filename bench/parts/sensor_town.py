"""Devices of a town for the benches of sensors, what came of their alarms, and whether the ledger says the same."""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import asyncpg
import msgspec

from backend.demo.ground import TOWN_CODE
from bench.parts.sensor_load import Ledger, Load
from bench.parts.stage import CHECKOUT, BenchFailed, Stage

SOURCE = "bench-sensors"
SMOKE, TILT = ("smoke", "smoke"), ("manhole_tilt", "tilt")
PLACES = 20
"""At so many places something is the matter: several devices of one report it."""
_BATCH = 5_000
_PLACES = """
    SELECT p.id, p.area_id AS area_code FROM place p WHERE EXISTS (SELECT FROM qr_code c WHERE c.place_id = p.id)
    ORDER BY p.id
"""
_TAKEN = "SELECT r.reading_no::int AS number, s.device_no FROM alarm_reading r JOIN sensor s ON s.id = r.sensor_id"
_COUNTED = """
    SELECT s.device_no, sum(a.readings)::int AS readings FROM sensor_alarm a JOIN sensor s ON s.id = a.sensor_id
    GROUP BY s.device_no
"""
_IS_READ = "SELECT count(*) FROM broker_link WHERE is_connected"
_COUNT = "SELECT coalesce(sum(readings), 0)::int FROM sensor_alarm"
_FOLDS = """
    SELECT count(*) AS folds, count(DISTINCT order_id) AS orders, count(*) FILTER (WHERE order_id IS NULL) AS unfiled
    FROM alarm_fold
"""
_ALL_FILED = (
    "SELECT NOT EXISTS (SELECT FROM alarm_fold WHERE order_id IS NULL) AND NOT EXISTS (SELECT FROM event_pending)"
)


class Device(msgspec.Struct, frozen=True):
    device_no: str
    kind: str
    cause: str
    place_id: int
    area_code: str

    @property
    def fold(self) -> str:
        """What its alarms are folded into: with those of its place, or by itself."""
        return f"place {self.place_id}" if self.kind == SMOKE[0] else self.device_no


async def make(here: Stage, connection: asyncpg.Connection, *, smoke: int, tilt: int, all_in_all: int) -> list[Device]:
    """Add the source and register its devices, so many of which will have alarms: those are returned."""
    from backend import clock, config, db, runtimes
    from backend.intake.sensors import registry
    from backend.intake.sensors.drafts import SensorDraft
    from backend.intake.sensors.registry import LocatedSensor
    from backend.intake.sources import service
    from backend.intake.sources.structs import SourceDraft, SourceKind

    places = await connection.fetch(_PLACES)
    kinds = [SMOKE] * smoke + [TILT] * tilt + [SMOKE] * max(0, all_in_all - smoke - tilt)
    devices: list[Device] = []
    for number, (kind, cause) in enumerate(kinds):
        place = places[number % (PLACES if number < smoke + tilt else len(places))]
        devices.append(Device(f"B{number:06}", kind, cause, place["id"], place["area_code"]))
    settings = config.from_environment(here.environment)
    async with db.pool(1, 3):
        draft = SourceDraft(
            name=SOURCE, kind=SourceKind.SENSORS, title_zh="感知平台", title_en="Sensors", area_code=TOWN_CODE
        )
        source = (await service.add_source(draft, None, runtimes.personal_seal(settings), clock.now())).source
        waiting = iter(devices)
        while some := list(islice(waiting, _BATCH)):
            drafts = [
                LocatedSensor(
                    SensorDraft(device_no=each.device_no, kind=each.kind, place_id=each.place_id), each.area_code
                )
                for each in some
            ]
            await registry.register(drafts, source, clock.now())
    await connection.execute("ANALYZE sensor, sensor_state")
    return devices[: smoke + tilt]


@contextmanager
def publishing(here: Stage, load: Load) -> Iterator[subprocess.Popen[bytes]]:
    """A gateway as a process of its own, so that it takes nothing from whoever measures."""
    argv = [sys.executable, "-m", "bench.parts.sensor_load", msgspec.json.encode(load).decode()]
    with (here.logs / "gateway.log").open("ab") as log:
        gateway = subprocess.Popen(argv, cwd=CHECKOUT, stdout=log, stderr=log)
    try:
        yield gateway
    finally:
        gateway.kill()
        gateway.wait()


async def wait_until_read(here: Stage) -> None:
    """Until somebody reads from the broker. Raises BenchFailed."""
    ends_at = time.monotonic() + 60
    while not await ask(here.database_url, _IS_READ):
        if time.monotonic() > ends_at:
            raise BenchFailed(f"nobody reads from the broker; see {here.logs}/sensors.log")
        await asyncio.sleep(0.2)


async def wait_until_counted(url: str, count: int, seconds: float) -> float:
    """How long it takes until so many alarms are counted; gives up after so many seconds: who compares will tell."""
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        if await ask(url, _COUNT) >= count:
            break
        await asyncio.sleep(0.2)
    return time.monotonic() - began


async def wait_until_filed(url: str, seconds: float) -> None:
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at and not await ask(url, _ALL_FILED):  # noqa: ASYNC110 - other processes work
        await asyncio.sleep(0.5)


async def ask(url: str, statement: str) -> int:
    """The one value; 0 where the database does not answer now."""
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, asyncpg.PostgresError):
        return 0
    try:
        return await connection.fetchval(statement)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return 0
    finally:
        await connection.close(timeout=2)


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """`missing`: numbers that nobody counted, of whatever device."""

    missing: list[int]
    folds: int
    orders: int


async def compare(url: str, devices: Sequence[Device], ledger: Ledger) -> Compared:
    """Hold the database against the ledger. Raises BenchFailed with whatever is counted twice, or folded otherwise."""
    connection = await asyncpg.connect(url)
    try:
        taken = await connection.fetch(_TAKEN)
        counted = {row["device_no"]: row["readings"] for row in await connection.fetch(_COUNTED)}
        folds = await connection.fetchrow(_FOLDS)
    finally:
        await connection.close()
    assert folds is not None
    troubles: list[str] = []
    numbers = Counter(row["number"] for row in taken)
    troubles += [f"counted {count} times: {number}" for number, count in numbers.items() if count > 1]
    troubles += [f"never published: {number}" for number in numbers.keys() - ledger.published.keys()]
    of_other = [row for row in taken if ledger.published.get(row["number"], row["device_no"]) != row["device_no"]]
    troubles += [f"counted for another device: {row['number']}" for row in of_other]
    by_device = Counter(row["device_no"] for row in taken)
    troubles += [
        f"{device}: {counted.get(device, 0)} in its alarms, {count} of its messages"
        for device, count in by_device.items()
        if counted.get(device, 0) != count
    ]
    expected = len({device.fold for device in devices if by_device[device.device_no]})
    if (folds["folds"], folds["orders"], folds["unfiled"]) != (expected, expected, 0):
        troubles.append(f"{dict(folds)} instead of {expected} folds, each with an order")
    if not ledger.is_whole:
        troubles.append("the gateway did not come to its end")
    if troubles:
        raise BenchFailed("\n".join(troubles[:20]))
    missing = sorted(ledger.published.keys() - numbers.keys())
    return Compared(missing=missing, folds=folds["folds"], orders=folds["orders"])


def ledger_file(here: Stage) -> Path:
    file = here.logs / "sensors.ledger"
    file.unlink(missing_ok=True)
    return file
