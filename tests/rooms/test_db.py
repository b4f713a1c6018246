"""A connection is lent for a moment: who gets none is told so, and whatever breaks, it comes back."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from backend import config, db
from backend.app import create_app
from tests.fixtures.client import BASE_URL


@pytest.fixture
async def narrow(database, monkeypatch) -> AsyncIterator[None]:
    """A pool of two, which loses patience at once, in place of the session's."""
    monkeypatch.setattr(db, "_BORROW_TIMEOUT_S", 0.05)
    here = db.engine()
    wide, here.pool = here.pool, None
    try:
        async with db.pool(2, 2):
            yield
    finally:
        here.pool = wide


async def test_a_door_sets_what_holds_for_each_of_its_connections(database):
    here = db.engine()
    wide, here.pool = here.pool, None
    try:
        async with (
            db.pool(1, 2, session={"application_name": "yima-worker"}),
            db.connection(),
            db.connection() as other,
        ):
            assert await other.fetchval("SHOW application_name") == "yima-worker"
    finally:
        here.pool = wide


async def test_who_finds_the_pool_empty_is_told_to_come_back(narrow):
    async with db.connection(), db.connection():
        with pytest.raises(db.PoolExhausted):
            await db.fetchval("SELECT 1")
        with pytest.raises(db.PoolExhausted):
            async with db.transaction():
                pass

    assert await db.fetchval("SELECT 1") == 1


async def test_an_empty_pool_is_a_503_that_says_when_to_come_back(narrow, database, tmp_path):
    settings = config.from_environment({"DATABASE_URL": database, "YIMA_MODE": "demo", "YIMA_STATE": str(tmp_path)})
    app = create_app(settings, owns_pool=False)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client,
        db.connection(),
        db.connection(),
    ):
        answer = await client.post("/api/v1/sessions", json={"username": "wang", "password": "x"})

    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"
    assert answer.headers["retry-after"] == "2"


async def test_a_transaction_that_cannot_begin_gives_its_connection_back(narrow, monkeypatch):
    monkeypatch.setattr(db, "_BORROW_TIMEOUT_S", 5.0)  # a lost connection is made anew, which takes its time

    async def lost(_: object) -> None:
        raise asyncpg.ConnectionDoesNotExistError

    with monkeypatch.context() as broken:
        broken.setattr(asyncpg.transaction.Transaction, "start", lost)
        for _ in range(3):
            with pytest.raises(asyncpg.ConnectionDoesNotExistError):
                async with db.transaction():
                    pass

    async with db.transaction():
        assert await db.fetchval("SELECT 1") == 1


async def test_who_gives_up_waiting_takes_no_connection_away(narrow):
    async with db.connection(), db.connection():
        waiting = asyncio.create_task(db.fetchval("SELECT 1"))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    async with db.connection(), db.connection() as second:
        assert await second.fetchval("SELECT 1") == 1


async def test_what_is_to_follow_a_commit_is_called_once_and_after_the_outermost_one(database):
    called: list[str] = []

    def call() -> None:
        called.append("now")

    async with db.transaction():
        async with db.transaction():
            db.after_commit(call)
        db.after_commit(call)
        assert called == []
    assert called == ["now"]
    db.after_commit(call)
    assert called == ["now", "now"]


async def test_what_is_to_follow_a_commit_does_not_follow_a_rollback_or_a_commit_that_failed(database):
    called: list[str] = []

    with pytest.raises(ZeroDivisionError):
        async with db.transaction():
            db.after_commit(lambda: called.append("rolled back"))
            raise ZeroDivisionError
    await db.execute("CREATE TABLE once (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    try:
        with pytest.raises(asyncpg.UniqueViolationError):
            async with db.transaction():
                db.after_commit(lambda: called.append("refused"))
                await db.execute("INSERT INTO once VALUES (1), (1)")
    finally:
        await db.execute("DROP TABLE once")

    assert called == []


async def test_a_savepoint_undoes_its_block_and_nothing_else(database):
    async def days() -> int:
        return await db.fetchval("SELECT count(*) FROM calendar_day WHERE note = 'savepoint'")

    add = "INSERT INTO calendar_day (area_code, on_date, is_workday, note) VALUES ('', '1999-01-01', true, 'savepoint')"
    async with db.transaction() as transaction:
        await db.execute(add)
        with pytest.raises(asyncpg.UniqueViolationError):
            async with db.savepoint():
                await db.execute(add)
        assert await days() == 1
        await transaction.rollback()
    with pytest.raises(ZeroDivisionError):
        async with db.savepoint():
            await db.execute(add)
            raise ZeroDivisionError
    assert await days() == 0
