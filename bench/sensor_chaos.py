"""Numbered alarms through a real broker while all on their way is killed in turn: is one lost, is one counted twice?

    make bench-sensor-chaos        (YIMA_BENCH_SECONDS, 60; YIMA_BENCH_PER_S, 200)

Killed with SIGKILL, one after the other, again and again: the process that reads from the broker, the broker, the
worker, and the database (a backend of it, so that PostgreSQL restarts itself and recovers). The ledger is a file of the
gateway's, which repeats its last seconds after a break. A tenth of its devices it does not repeat: how
many of theirs a killed broker takes along although it had acknowledged them is said, and no other loss is accepted.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import asyncpg
import uvloop

from bench.parts import sensor_load, sensor_town, stage
from bench.parts.sensor_load import Ledger, Load
from bench.parts.sensor_town import Device
from bench.parts.stage import BenchFailed, Stage
from tests.makers.broker import Broker, running_broker

SECONDS = float(os.environ.get("YIMA_BENCH_SECONDS", "60"))
PER_S = float(os.environ.get("YIMA_BENCH_PER_S", "200"))
SMOKE, TILT = 60, 40
EVERY_S = 4.0
SAVED_EVERY_S = 1.0
"""As tests/makers/broker.py sets the broker."""
REPEAT_S = 5.0
_ANY_BACKEND = (
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"
)
_TURN = ("sensors", "broker", "worker", "database")


class Processes:
    """What is on the way, each started again at once, as a supervisor would."""

    def __init__(self, here: Stage, broker: Broker) -> None:
        environment = {**here.environment, **broker.environment, "YIMA_MQTT_SOURCE": sensor_town.SOURCE}
        self._here, self._broker, self._environment = here, broker, environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.broker_killed_at: list[float] = []
        self.killed: Counter[str] = Counter()

    def start(self) -> None:
        for verb in ("sensors", "work"):
            self._start(verb)

    def kill(self, what: str) -> None:
        self.killed[what] += 1
        match what:
            case "broker":
                self.broker_killed_at.append(time.time())
                self._broker.kill()
                time.sleep(0.5)
                self._broker.start()
            case "database":
                asyncio.run(self._kill_backend())
            case _:
                verb = "work" if what == "worker" else what
                self._running[verb].kill()
                self._running[verb].wait()
                self._start(verb)

    def look_after(self) -> None:
        """Start again what has ended by itself."""
        for verb, process in list(self._running.items()):
            if process.poll() is not None:
                self._start(verb)

    def end(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait()

    def _start(self, verb: str) -> None:
        with (self._here.logs / f"{verb}.log").open("ab") as log:
            argv = [self._here.python, "-m", "backend.cli", verb]
            self._running[verb] = subprocess.Popen(
                argv, cwd=self._here.checkout, env=self._environment, stdout=log, stderr=log
            )

    async def _kill_backend(self) -> None:
        connection = await asyncpg.connect(self._here.superuser_url, timeout=10)
        try:
            victim = await connection.fetchval(_ANY_BACKEND)
            if victim:
                os.kill(victim, signal.SIGKILL)
        finally:
            connection.terminate()


async def main() -> None:
    here = await stage.build()
    if not here.superuser_url:
        raise BenchFailed("needs a database of its own: DATABASE_URL must not be set")
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here, quietly=True)
    connection = await asyncpg.connect(here.database_url)
    devices = await sensor_town.make(here, connection, smoke=SMOKE, tilt=TILT, all_in_all=SMOKE + TILT)
    await connection.close()
    with running_broker(here.logs / "broker") as broker:
        await _run(here, broker, devices)


async def _run(here: Stage, broker: Broker, devices: list[Device]) -> None:
    ledger_file, processes = sensor_town.ledger_file(here), Processes(here, broker)
    processes.start()
    await sensor_town.wait_until_read(here)
    load = _load(broker, devices, ledger_file)
    try:
        with sensor_town.publishing(here, load) as gateway:
            await asyncio.to_thread(_kill_in_turn, processes, gateway)
        ledger = sensor_load.read(ledger_file)
        await sensor_town.wait_until_counted(here.database_url, len(ledger.published), 60)
        await sensor_town.wait_until_filed(here.database_url, 60)
        await _require_all_well(here, devices, ledger, load, processes)
    finally:
        processes.end()


def _load(broker: Broker, devices: list[Device], ledger_file: Path) -> Load:
    return Load(
        port=broker.port,
        source=sensor_town.SOURCE,
        devices=[(device.device_no, device.cause) for device in devices],
        per_s=PER_S,
        count=int(PER_S * SECONDS),
        ledger=str(ledger_file),
        repeat_s=REPEAT_S,
        plain=[device.device_no for device in devices[::10]],
    )


def _kill_in_turn(processes: Processes, gateway: subprocess.Popen[bytes]) -> None:
    """One each few seconds while alarms are published; then what is left may come to its end in peace."""
    ends_at, turn = time.monotonic() + SECONDS, 0
    while time.monotonic() < ends_at:
        time.sleep(EVERY_S)
        processes.look_after()
        processes.kill(_TURN[turn % len(_TURN)])
        turn += 1
    while gateway.poll() is None and time.monotonic() < ends_at + 240:
        processes.look_after()
        time.sleep(0.5)


async def _require_all_well(
    here: Stage, devices: list[Device], ledger: Ledger, load: Load, processes: Processes
) -> None:
    """Raises BenchFailed."""
    compared = await sensor_town.compare(here.database_url, devices, ledger)
    plain = set(load.plain)
    lost = [number for number in compared.missing if ledger.published[number] in plain]
    troubles = [f"lost: {number}" for number in compared.missing if ledger.published[number] not in plain]
    troubles += [f"lost by no broker: {number}" for number in lost if not _with_broker(number, ledger, processes)]
    if troubles:
        raise BenchFailed("\n".join(troubles[:20]))
    killed = ", ".join(f"{what} {count}" for what, count in processes.killed.items())
    print(f"killed: {killed}; the gateway lost its connection {ledger.breaks} times")
    print(f"{len(ledger.published):,} alarms in {ledger.copies:,} messages: each counted once, none lost of")
    print(f"  {len(devices) - len(plain)} devices that repeat their last {REPEAT_S:.0f} s after a break")
    print(f"  of {len(plain)} that do not, the killed broker took {len(lost)} along that it had acknowledged")
    print(f"{compared.folds} folds, {compared.orders} orders, as the ledger says")


def _with_broker(number: int, ledger: Ledger, processes: Processes) -> bool:
    """Whether the broker died within two of its intervals after it had acknowledged this one."""
    at = ledger.acknowledged.get(number, 0.0)
    return any(0 <= killed_at - at <= 2 * SAVED_EVERY_S + 1 for killed_at in processes.broker_killed_at)


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
