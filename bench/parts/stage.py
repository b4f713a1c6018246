"""The stage of a bench: a fresh database with PostGIS, the demo street in it, and a way to start the product there."""

import asyncio
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from bench.parts import differences

CHECKOUT = Path(__file__).resolve().parents[2]
OWN_DATABASE = "yima_bench"
_PATIENCE_S = 60.0
_WORKER_WARM_UP_S = 2.5
_FAREWELL_S = 8.0


class BenchFailed(RuntimeError):
    """What was measured cannot be believed, or nothing could be measured; said in words."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a bench plays. `superuser_url` is empty where we only have a database of somebody else.

    `checkout` and `python` are of the build that is measured: this one, unless `bench/against` says otherwise.
    """

    database_url: str
    superuser_url: str
    programs: Path
    environment: Mapping[str, str]
    host: str
    port: int
    checkout: Path = CHECKOUT
    python: Path = Path(sys.executable)

    @property
    def base_url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def logs(self) -> Path:
        """A folder for what the processes say; made on first use."""
        folder = Path(self.environment["YIMA_STATE"]) / "bench-log"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


async def build() -> Stage:
    """Make the database anew where we may, else take the given one as it is."""
    here = given()
    if not here.superuser_url:
        return here
    await make_database(here.superuser_url, OWN_DATABASE)
    url, superuser_url = (with_database(each, OWN_DATABASE) for each in (here.database_url, here.superuser_url))
    environment = {**here.environment, "DATABASE_URL": url}
    return replace(here, database_url=url, superuser_url=superuser_url, environment=environment)


def given() -> Stage:
    """What the environment names, with the database as it is."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    ours = {
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "YIMA_MODE": "demo",
        "YIMA_STATE": os.environ.get("YIMA_STATE", ".yima/bench"),
        "YIMA_BASE_URL": f"http://{host}:{port}",
        "YIMA_QUOTAS": "off",
        "HOST": host,
        "PORT": str(port),
    }
    programs = Path(os.environ.get("YIMA_PG_BIN", "/usr/bin"))
    superuser_url = os.environ.get("YIMA_SUPERUSER_URL", "")
    return Stage(ours["DATABASE_URL"], superuser_url, programs, {**os.environ, **ours}, host, port)


def prepare(stage: Stage, *, quietly: bool = False) -> None:
    """Migrations, dictionary and demo street, by the command that an operator would use."""
    argv = [stage.python, "-m", "backend.cli", "prepare", "--base-url", stage.base_url]
    out = subprocess.DEVNULL if quietly else None
    subprocess.run(argv, cwd=stage.checkout, env=stage.environment, stdout=out, check=True)


@contextmanager
def web(stage: Stage) -> Iterator[int]:
    """The real web process, ready; gives its process id."""
    with _process(stage, "serve") as process:
        _wait_until_ready(stage, process)
        yield process.pid


@contextmanager
def worker(stage: Stage) -> Iterator[int]:
    """The real worker; gives its process id."""
    with _process(stage, "work") as process:
        time.sleep(_WORKER_WARM_UP_S)
        if process.poll() is not None:
            raise BenchFailed(f"the worker ended with code {process.returncode}; see {stage.logs}/work.log")
        yield process.pid


@contextmanager
def _process(stage: Stage, verb: str) -> Iterator[subprocess.Popen[bytes]]:
    with (stage.logs / f"{verb}.log").open("ab") as log:
        argv = [stage.python, "-m", "backend.cli", verb]
        process = subprocess.Popen(argv, cwd=stage.checkout, env=stage.environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """As the supervisor of `make run` does: ask first, then insist. Jobs that were cut off run again."""
    process.terminate()
    try:
        process.wait(_FAREWELL_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_ready(stage: Stage, process: subprocess.Popen[bytes]) -> None:
    ends_at = time.monotonic() + _PATIENCE_S
    while time.monotonic() < ends_at and process.poll() is None:
        connection = http.client.HTTPConnection(stage.host, stage.port, timeout=2)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise BenchFailed(f"the web did not get ready; see {stage.logs}/serve.log")


async def make_database(superuser: str, name: str) -> None:
    """An empty database with PostGIS that belongs to the product; an earlier one of that name goes."""
    server = await asyncpg.connect(superuser)
    try:
        await server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await server.execute(f"CREATE DATABASE {name} OWNER yima TEMPLATE template0")
    finally:
        await server.close()
    own = await asyncpg.connect(with_database(superuser, name))
    try:
        await own.execute("CREATE EXTENSION postgis")
    finally:
        await own.close()


def with_database(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


async def housekeeping(stage: Stage) -> None:
    """Between two rounds: no jobs left over, and no checkpoint due in the middle of the next one."""
    server = await asyncpg.connect(stage.superuser_url or stage.database_url)
    try:
        await differences.forget_waiting(server)
    finally:
        await server.close()
    await settle(stage)


async def settle(stage: Stage) -> None:
    """Write a checkpoint where we may, and let what came before end."""
    if stage.superuser_url:
        server = await asyncpg.connect(stage.superuser_url)
        try:
            await server.execute("CHECKPOINT")
        finally:
            await server.close()
    await asyncio.sleep(1)
