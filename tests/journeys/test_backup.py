"""Database and photos are put back by the lines of docs/backup.md: a photo opens, an order's story is whole."""

import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
import httpx
import pytest

from backend import clock, config, db, runtimes
from tests.fixtures.database import ROOT, SERVICE
from tests.fixtures.dropping import drop
from tests.fixtures.names import base_url, database_of, with_database
from tests.fixtures.server import running_server
from tests.makers.accounts import bearer
from tests.makers.orders import make_closed, make_order
from tests.makers.photos import make_photo
from tests.makers.town import make_town
from tests.makers.worker import work

pytestmark = pytest.mark.skipif(not shutil.which("pg_dump"), reason="pg_dump is not on the PATH")


async def test_a_house_put_back_opens_its_photos_and_tells_its_orders(database, tmp_path):
    kept, new = tmp_path / "kept", tmp_path / "new"
    backup = tmp_path / "backup"
    for folder in (kept, new, backup):
        folder.mkdir()
    town = await make_town(clock.now())
    settings = config.from_environment({"DATABASE_URL": database, "YIMA_MODE": "demo", "YIMA_STATE": str(kept)})
    async with runtimes.photos(settings):
        photo = await make_photo(town.resident.account_id, now=clock.now())
        order_id = (await make_order(town, clock.now(), photo_ids=[photo.id])).receipt.order_id
        closed_id = await make_closed(town, clock.now())
        await work(database)
    before = await counts()
    making, putting_back = lines_of_the_document()

    type_in(making, DATABASE_URL=database, YIMA_STATE=str(kept), BACKUP=str(backup))
    shutil.rmtree(kept)
    async with empty_database() as url:
        type_in(putting_back, DATABASE_URL=url, YIMA_STATE=str(new), BACKUP=str(backup))
        with running_server(url, new) as (web_url, _):
            async with httpx.AsyncClient(base_url=web_url, timeout=10, headers=bearer(town.resident)) as web:
                order = (await web.get(f"/api/v1/orders/{order_id}")).json()
                story = (await web.get(f"/api/v1/orders/{closed_id}")).json()
                shown = await web.get(order["photos"][0]["large_url"])
        connection = await asyncpg.connect(url)
        after = {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in before}
        await connection.close()

    assert shown.headers["content-type"].startswith("image/")
    assert story["state"] == "closed"
    assert after == before


async def counts() -> dict[str, int]:
    """Rows of every table of ours."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'"
    names = [row["tablename"] for row in await db.fetch(tables)]
    return {name: await db.fetchval(f"SELECT count(*) FROM {name}") for name in names}


def lines_of_the_document() -> list[str]:
    """What an operator types: to make a backup, and to put it back."""
    text = (ROOT / "docs/backup.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [lines for language, lines in blocks if not language]


def type_in(lines: str, **named: str) -> None:
    done = subprocess.run(
        ["sh", "-e", "-c", lines], env={**os.environ, **named}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@asynccontextmanager
async def empty_database() -> AsyncIterator[str]:
    """With PostGIS in it, as the administrator leaves it."""
    name = f"yima_put_back_{uuid4().hex}"
    server = await asyncpg.connect(with_database(base_url(), SERVICE))
    try:
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database_of(base_url())}"')
        yield with_database(base_url(), name)
    finally:
        await drop(server, name)
        await server.close()
