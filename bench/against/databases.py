"""Databases of the builds in one cluster: each made and filled by its build once, and copied for each measurement.

A copy has the same pages in every round, no job left over, and no checkpoint due in the middle of what is measured. The
large ones are only read, so they are used as they are.
"""

import os
import time
from pathlib import Path

import asyncpg

from bench.against import waiting
from bench.against.builds import Build
from bench.parts import differences, recording, stage
from bench.parts.stage import BenchFailed, Stage, with_database

STREET, TOWNS, MANY_TOWNS = "settled_street", "towns", "many_towns"
"""A hundred thousand orders in one town, none of which is due; the same number in twenty; millions in twenty."""
RECORDED = "recorded"
"""The street once reports have been recorded in it, with the phone that sent them; see `keep`."""
FEW_ORDERS = 100_000
MANY_ORDERS = int(os.environ.get("YIMA_BENCH_ORDERS", "5000000"))
_MINUTES = 2
"""The worker looks at each full minute for orders that have nobody, and what it then does may call for another look."""
_PREFIX = "against_"
_COPIES, _KEPT = f"{_PREFIX}copy_", f"{_PREFIX}recorded_"


class Databases:
    """Of one cluster, of which we are the superuser."""

    def __init__(self, base: Stage) -> None:
        if not base.superuser_url:
            raise BenchFailed("two builds need databases of their own: run it without DATABASE_URL")
        self._base = base

    async def template(self, build: Build, kind: str) -> Stage:
        """The filled database of this kind, made where missing. Not to be written to."""
        if kind == RECORDED:
            return self.stage(build, f"{_KEPT}{build.name}")
        here = self.stage(build, self._name(build, kind))
        if _name_of(here) not in await self._names():
            began = time.monotonic()
            print(f"… filling {kind} for {build.name} ({build.revision})", flush=True)
            await self._make(self.stage(build, f"{_PREFIX}unfinished"), kind)
            await self._as_superuser(f'ALTER DATABASE {_PREFIX}unfinished RENAME TO "{self._name(build, kind)}"')
            print(f"  done in {time.monotonic() - began:.0f} s", flush=True)
        return here

    async def copy(self, build: Build, kind: str = STREET) -> Stage:
        """A fresh copy, the only one of this build."""
        name = f"{_COPIES}{build.name}"
        source = await self.template(build, kind)
        await self._as_superuser(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await self._as_superuser(f'CREATE DATABASE "{name}" OWNER yima TEMPLATE "{_name_of(source)}"')
        await self._as_superuser("CHECKPOINT")
        return self.stage(build, name)

    async def keep(self, build: Build) -> None:
        """The copy of this build is RECORDED from now on."""
        await self._as_superuser(f'DROP DATABASE IF EXISTS "{_KEPT}{build.name}" WITH (FORCE)')
        await self._as_superuser(f'ALTER DATABASE "{_COPIES}{build.name}" RENAME TO "{_KEPT}{build.name}"')

    async def prune(self, builds: list[Build]) -> None:
        """Drop copies, and what was filled for a schema that none of these builds has."""
        kept = tuple(f"{_PREFIX}{build.fill_digest()}_" for build in builds)
        for name in await self._names():
            if not name.startswith(kept):
                await self._as_superuser(f'DROP DATABASE "{name}" WITH (FORCE)')

    def stage(self, build: Build, database: str) -> Stage:
        """Where this build plays with that database."""
        base = self._base
        url, superuser_url = (with_database(each, database) for each in (base.database_url, base.superuser_url))
        state = Path(base.environment["YIMA_STATE"]) / "against" / build.name
        environment = {**base.environment, "DATABASE_URL": url, "YIMA_STATE": str(state)}
        return Stage(url, superuser_url, base.programs, environment, base.host, base.port, build.checkout, build.python)

    def _name(self, build: Build, kind: str) -> str:
        orders = {STREET: "", TOWNS: FEW_ORDERS, MANY_TOWNS: MANY_ORDERS}[kind]
        return f"{_PREFIX}{build.fill_digest()}_{kind}{orders}"

    async def _make(self, here: Stage, kind: str) -> None:
        await stage.make_database(self._base.superuser_url, _name_of(here))
        stage.prepare(here, quietly=True)
        if kind == STREET:
            recording.run_inside(here, "fill", here.superuser_url)
            await self._let_past_end(here)
        else:
            orders = FEW_ORDERS if kind == TOWNS else MANY_ORDERS
            recording.run_inside(here, "fill-many", here.superuser_url, str(orders))
        await self._as_superuser("VACUUM (ANALYZE)", here.superuser_url)

    async def _let_past_end(self, here: Stage) -> None:
        """Let the build's worker do what it does for such a past at once, so that it does not while it is measured."""
        connection = await asyncpg.connect(here.superuser_url)
        try:
            await differences.calm(connection)
            with stage.worker(here) as worker:
                for _ in range(_MINUTES):
                    await waiting.before_full_minute(0)
                    while await waiting.idle(worker, connection):
                        pass
            await differences.calm(connection)
        finally:
            await connection.close()

    async def _names(self) -> list[str]:
        """The databases that a run of this bench made."""
        server = await asyncpg.connect(self._base.superuser_url)
        try:
            rows = await server.fetch("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", _PREFIX)
        finally:
            await server.close()
        return [row["datname"] for row in rows]

    async def _as_superuser(self, statement: str, url: str = "") -> None:
        server = await asyncpg.connect(url or self._base.superuser_url)
        try:
            await server.execute(statement, timeout=1800)
        finally:
            await server.close()


def _name_of(here: Stage) -> str:
    return here.database_url.split("?")[0].rpartition("/")[2]
