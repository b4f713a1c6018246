"""A thousand alarms a second for a minute in a town of 110,000 devices: is one lost, and what do residents wait?

    make bench-sensors        (YIMA_BENCH_SECONDS, 60; YIMA_BENCH_PER_S, 1000; YIMA_BENCH_DEVICES, 110000)

Through a real broker and the real process, with web and worker beside it, on this machine's cores. A gateway keeps a
ledger outside, and the database must say the same: each alarm counted once, each fold and its order as they must be.
Residents report at a steady pace, first while no alarm comes, then while they do.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import uvloop

from bench.parts import clients, figures, paced, sensor_load, sensor_town, stage, submitting
from bench.parts.clients import Phone
from bench.parts.sensor_load import Load
from bench.parts.sensor_town import Device
from bench.parts.stage import BenchFailed, Stage
from tests.makers.broker import Broker, running

SECONDS = float(os.environ.get("YIMA_BENCH_SECONDS", "60"))
PER_S = float(os.environ.get("YIMA_BENCH_PER_S", "1000"))
DEVICES = int(os.environ.get("YIMA_BENCH_DEVICES", "110000"))
SMOKE, TILT = 200, 100
REPORTS_PER_S, PHONES = 20, 4
CATCH_UP_S = 120.0
_PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here, quietly=True)
    connection = await asyncpg.connect(here.database_url)
    try:
        began = time.monotonic()
        devices = await sensor_town.make(here, connection, smoke=SMOKE, tilt=TILT, all_in_all=DEVICES)
        print(f"{DEVICES:,} devices registered in {time.monotonic() - began:.0f} s")
        broker = Broker(here.logs / "broker")
        with running(broker), stage.web(here), stage.worker(here), _listener(here, broker) as listener:
            await sensor_town.wait_until_read(here)
            await _measure(here, connection, broker, devices, listener)
    finally:
        await connection.close()


async def _measure(
    here: Stage, connection: asyncpg.Connection, broker: Broker, devices: list[Device], listener: int
) -> None:
    phones = clients.open_phones(here, PHONES)
    await _residents(here, connection, phones, 5)
    await stage.settle(here)
    idle = await _residents(here, connection, phones, SECONDS)
    await stage.settle(here)
    file = sensor_town.ledger_file(here)
    with sensor_town.publishing(here, _load(broker, devices, file)) as gateway:
        busy = await _residents(here, connection, phones, SECONDS)
        memory_mib = _memory_mib(listener)
        await asyncio.to_thread(gateway.wait, CATCH_UP_S)
    ledger = sensor_load.read(file)
    late_s = await sensor_town.wait_until_counted(here.database_url, len(ledger.published), CATCH_UP_S)
    await sensor_town.wait_until_filed(here.database_url, CATCH_UP_S)
    compared = await sensor_town.compare(here.database_url, devices, ledger)
    if compared.missing:
        raise BenchFailed(f"{len(compared.missing)} alarms are lost: {compared.missing[:10]}")
    per_s, count = len(ledger.published) / SECONDS, len(ledger.published)
    print(f"{count:,} alarms of {len(devices)} devices at {per_s:,.0f}/s: none lost, none counted twice")
    print(f"the last was counted {late_s:.1f} s after it was published; the process that reads takes {memory_mib} MiB")
    print(f"{compared.folds} folds, {compared.orders} orders, as the ledger says")
    _print_waits(idle, busy)


def _print_waits(idle: list[float], busy: list[float]) -> None:
    print(f"residents' reports at {REPORTS_PER_S}/s     p50      p95      p99 ms")
    for name, took in (("no alarms", idle), ("with alarms", busy)):
        print(f"{name:28}" + "".join(f"{figures.percentile_ms(took, share):9.1f}" for share in (0.50, 0.95, 0.99)))
    ratio = figures.percentile_ms(busy, 0.99) / figures.percentile_ms(idle, 0.99)
    print(f"ratio of p99: {ratio:.2f}")


async def _residents(here: Stage, connection: asyncpg.Connection, phones: list[Phone], seconds: float) -> list[float]:
    each = int(seconds * REPORTS_PER_S / PHONES) + 2
    first = await submitting.add_photos(connection, [phone.account_id for phone in phones], each)
    codes = await submitting.codes_of(connection)
    requests = submitting.requests_of(here, phones, codes, first, each)
    return await paced.send(here, requests, REPORTS_PER_S, seconds)


def _load(broker: Broker, devices: list[Device], file: Path) -> Load:
    return Load(
        port=broker.port,
        source=sensor_town.SOURCE,
        devices=[(device.device_no, device.cause) for device in devices],
        per_s=PER_S,
        count=int(PER_S * SECONDS),
        ledger=str(file),
    )


@contextmanager
def _listener(here: Stage, broker: Broker) -> Iterator[int]:
    environment = {**here.environment, **broker.environment, "YIMA_MQTT_SOURCE": sensor_town.SOURCE}
    with (here.logs / "sensors.log").open("ab") as log:
        argv = [here.python, "-m", "backend.cli", "sensors"]
        process = subprocess.Popen(argv, cwd=here.checkout, env=environment, stdout=log, stderr=log)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _memory_mib(process_id: int) -> int:
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * _PAGE_KIB // 1024


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
