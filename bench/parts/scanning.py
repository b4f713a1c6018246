"""What scans send to PostgreSQL, as the driver saw it, and the same replayed by pgbench."""

import re
import subprocess
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

import asyncpg
import httpx
from asyncpg.connection import LoggedQuery

from backend import config, db
from backend.app import create_app
from bench.parts import cpu
from bench.parts.stage import BenchFailed, Stage

_PARAMETER = re.compile(r"\$(\d+)")


async def postmaster_of(database_url: str) -> int:
    connection = await asyncpg.connect(database_url)
    try:
        return cpu.parent_of(connection.get_server_pid())
    finally:
        await connection.close()


async def scripts_of(paths: Sequence[str]) -> list[list[str]]:
    """For each path the statements of one GET, with their values written in. The app runs in this process."""
    app: Any = create_app(config.from_environment(), owns_pool=False)
    heard: list[str] = []

    def note(said: LoggedQuery) -> None:
        heard.append(_PARAMETER.sub(lambda found: _literal(said.args[int(found[1]) - 1]), said.query))

    scripts = []
    async with db.pool(2, 2), app.lifespan():
        pool: Any = db.engine().pool
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1:8000")
        (await client.get(paths[0])).raise_for_status()
        async with AsyncExitStack() as borrowed:
            for connection in [await borrowed.enter_async_context(pool.acquire()) for _ in range(2)]:
                connection.add_query_logger(note)
        for path in paths:
            heard.clear()
            (await client.get(path)).raise_for_status()
            scripts.append([sql for sql in heard if "qr_scan" not in sql and not sql.endswith(";")])
    return scripts


def replay(here: Stage, name: str, scripts: list[list[str]], clients: int, seconds: int) -> tuple[float, str, str]:
    """Transactions a second and their mean latency, the scripts drawn at random."""
    files = []
    for number, statements in enumerate(scripts):
        file = here.logs / f"{name}-{number}.sql"
        file.write_text("".join(f"{_one_line(sql)};\n" for sql in statements))
        files += ["-f", str(file)]
    argv = [str(here.programs / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds)]
    done = subprocess.run([*argv, *files, here.database_url], capture_output=True, text=True, check=False)
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    mean = re.search(r"latency average = ([\d.]+) ms", done.stdout)
    if done.returncode or rate is None or mean is None:
        raise BenchFailed(f"pgbench failed:\n{done.stdout}{done.stderr}")
    return float(rate[1]), f"mean {mean[1]}ms", ""


def _one_line(sql: str) -> str:
    return " ".join(line.split("--")[0].strip() for line in sql.splitlines())


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, datetime):
        return f"'{value.isoformat()}'::timestamptz"
    if isinstance(value, list | tuple):
        inner = ",".join('"' + str(each).replace('"', r"\"") + '"' for each in value)
        return f"'{{{inner}}}'"
    return "'" + str(value).replace("'", "''") + "'"
