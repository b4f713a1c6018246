"""`/ready` says what is true, within three seconds, and names each reason."""

import time
from datetime import timedelta
from uuid import uuid4

import asyncpg
import httpx
import pytest

from backend import clock, db
from backend.jobs import queue
from backend.partitions.months import month_of
from backend.routes.http.readiness import Readiness
from tests.fixtures.client import running_client
from tests.fixtures.database import SERVICE
from tests.fixtures.dropping import drop
from tests.fixtures.frozen import door_before
from tests.fixtures.names import base_url, with_database
from tests.fixtures.server import running_server
from tests.makers.months import laid

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def worker(database: str) -> None:
    await give_sign_of_life(timedelta(0))


async def test_a_house_where_all_is_well_is_ready(client, worker):
    answer = await client.get("/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "reasons": []})


async def test_a_house_without_a_worker_is_not_ready(client):
    assert await reasons(client) == ["worker"]


async def test_a_worker_that_is_silent_for_a_minute_counts_as_dead(client):
    await give_sign_of_life(2 * MINUTE)

    answer = await client.get("/ready", headers={"accept-language": "en"})

    assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
    assert answer.json()["detail"] == "no worker has given a sign of life for 120 s"


async def test_a_database_that_missed_a_migration_is_not_ready(client, worker):
    await db.execute("UPDATE migration SET name = 'later ' || name WHERE app_name = 'accounts'")
    try:
        assert await reasons(client) == ["migrations"]
    finally:
        await db.execute("UPDATE migration SET name = substr(name, 7) WHERE app_name = 'accounts'")

    assert await reasons(client) == []


async def test_a_disk_that_is_nearly_full_is_named(database, worker, tmp_path):
    async with running_client(database, tmp_path, YIMA_DISK_MIN_MB=str(10**9)) as client:
        assert await reasons(client) == ["storage"]


async def test_jobs_that_wait_too_long_are_named(client, worker):
    await queue.enqueue("push.notify_responsible", 1)
    await db.execute("UPDATE pgqueuer SET created = now() - interval '2 hours'")

    assert await reasons(client) == ["jobs-late"]


async def test_a_month_that_nobody_made_is_named_while_people_are_served(client, worker):
    this = month_of(clock.now())
    async with laid(this, this.plus(1)):
        answer = await client.get("/ready", headers={"accept-language": "en"})

    assert (answer.status_code, [each["code"] for each in answer.json()["reasons"]]) == (200, ["months"])
    assert "yima prepare" in answer.json()["reasons"][0]["en"]


async def test_held_jobs_are_named_while_people_are_served(client, worker):
    await queue.enqueue("push.notify_responsible", 1)
    await db.execute("UPDATE pgqueuer SET status = 'failed'")

    answer = await client.get("/ready")

    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert [each["code"] for each in answer.json()["reasons"]] == ["jobs-held"]


async def test_a_session_that_cannot_use_postgis_is_named(pool, tmp_path):
    """As after an upgrade of its package underneath: sessions opened before go on, new ones cannot use it."""
    name = f"yima_plain_{uuid4().hex}"
    server = await asyncpg.connect(with_database(base_url(), SERVICE))
    try:
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        found = await Readiness(with_database(base_url(), name), tmp_path, 0).look()
    finally:
        await drop(server, name)
        await server.close()

    assert [each.code for each in found] == ["geography", "migrations"]


async def test_a_database_that_is_gone_is_told_at_once(pool, tmp_path):
    nowhere = with_database(base_url(), f"gone_{uuid4().hex}")

    found = await Readiness(nowhere, tmp_path, 0).look()

    assert [each.code for each in found] == ["database"]


def test_a_database_that_stops_answering_is_told_within_three_seconds(own_database, tmp_path):
    with (
        door_before(own_database, tmp_path) as (url, door),
        running_server(url, tmp_path) as (web_url, _),
        httpx.Client(base_url=web_url, timeout=10) as web,
    ):
        door.shut()
        began = time.monotonic()
        answers = [web.get("/ready") for _ in range(2)]
        took_s = time.monotonic() - began
        lives = web.get("/health").status_code
        door.reopen()

    assert [answer.json()["extra"]["reasons"][0]["code"] for answer in answers] == ["database", "database"]
    assert lives == 200
    assert took_s < 6


async def reasons(client: httpx.AsyncClient) -> list[str]:
    answer = await client.get("/ready")
    found = answer.json()
    return [each["code"] for each in (found["reasons"] if answer.status_code == 200 else found["extra"]["reasons"])]


async def give_sign_of_life(ago: timedelta) -> None:
    await db.execute("INSERT INTO worker (id, places, beat_at) VALUES ($1, 8, now() - $2::interval)", uuid4(), ago)
