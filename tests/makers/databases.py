"""Databases of their own: empty ones, and those that earlier builds made."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from tests.fixtures.database import ROOT, SERVICE
from tests.fixtures.dropping import drop
from tests.fixtures.names import base_url, database_of, with_database

BEFORE = ROOT / "tests/schema/before.sql"


@asynccontextmanager
async def made(*statements: str) -> AsyncIterator[str]:
    """The address of a database of its own with PostGIS in it, and with what the statements make."""
    name = f"yima_adopt_{uuid4().hex}"
    server = await asyncpg.connect(with_database(base_url(), SERVICE))
    url = with_database(base_url(), name)
    try:
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database_of(base_url())}"')
        connection = await asyncpg.connect(url)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()
        yield url
    finally:
        await drop(server, name)
        await server.close()


def before() -> list[str]:
    return [BEFORE.read_text("utf-8"), "SELECT set_config('search_path', 'public', false)"]


async def type_in(url: str, words: tuple[str, ...]) -> tuple[int, str]:
    """Type a command, or run a script of Python that is given after `-c`, beside others."""
    words = words if words[0] == "-c" else ("-m", "backend.cli", *words)
    environment = {**os.environ, "DATABASE_URL": url, "YIMA_MODE": "demo"}
    child = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said, _ = await child.communicate()
    return child.returncode or 0, said.decode()


def dump(url: str, *words: str) -> str:
    """What pg_dump says, without the tokens that it draws anew each time."""
    done = subprocess.run(["pg_dump", *words, "--dbname", url], capture_output=True, text=True, check=True)
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))


async def ask(url: str, sql: str) -> list[tuple]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()
