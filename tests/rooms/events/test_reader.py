"""A reader of the log sees each fact once, whichever order transactions commit in, and gives up what never comes."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from backend import db
from backend.events import reader
from backend.events.reader import READ_MOST, Gaps, LogReader
from tests.makers.facts import record


@pytest.fixture
async def connection(database) -> AsyncIterator[asyncpg.Connection]:
    async with db.connection() as borrowed:
        yield borrowed


async def read(log: LogReader, connection: asyncpg.Connection, now: float = 0.0) -> list[int]:
    return [fact.subject_id for fact in (await log.read(connection, now)).facts]


class Slow:
    """A transaction that records a fact and does not end before it is told to."""

    def __init__(self, subject_id: int) -> None:
        self._begun, self._finish = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(self._run(subject_id))

    async def _run(self, subject_id: int) -> None:
        async with db.transaction():
            await record(subject_id)
            self._begun.set()
            await self._finish.wait()

    async def begun(self) -> None:
        await self._begun.wait()

    async def finish(self) -> None:
        self._finish.set()
        await self._task


async def test_a_fact_that_commits_late_is_read_once_and_no_other_twice(connection):
    log, late = await reader.begin(0.0), Slow(1)
    await late.begun()
    await record(2)

    assert await read(log, connection) == [2]
    await record(3)
    assert await read(log, connection) == [3]
    await late.finish()
    assert await read(log, connection) == [1]
    assert await read(log, connection) == []


async def test_a_fact_that_was_on_its_way_when_the_reader_began_is_read(connection):
    late = Slow(1)
    await late.begun()
    await record(2)
    log = await reader.begin(0.0)
    await late.finish()

    assert await read(log, connection) == [1]


async def test_a_reader_does_not_wait_for_ever_for_what_was_rolled_back(connection):
    log = await reader.begin(0.0)
    with pytest.raises(ZeroDivisionError):
        async with db.transaction():
            await record(1)
            raise ZeroDivisionError
    await record(2)

    assert await read(log, connection) == [2]
    assert log.missing != []
    async with asyncio.timeout(30):
        while log.missing:  # for as long as anybody of this server writes who did so before
            assert await read(log, connection, now=11.0) == []


async def test_too_much_is_said_and_not_read(connection):
    log = await reader.begin(0.0)
    await record(*range(READ_MOST + 1))

    assert (await log.read(connection, 0.0)).is_too_much


async def test_a_log_that_was_replaced_by_an_older_one_is_read_from_its_beginning(connection, database):
    await record(1, 2, 3)
    log = await reader.begin(0.0)
    await connection.execute("TRUNCATE event_log, event_pending RESTART IDENTITY CASCADE")
    await record(4)

    assert await read(log, connection) == [4]


def test_an_id_is_asked_for_until_every_transaction_of_its_time_has_ended_and_a_while_longer():
    gaps = Gaps()
    gaps.note([5, 6], xmax=100, now=0.0)

    gaps.close([5], xmin=90, now=60.0)
    assert gaps.ids == [6]
    gaps.close([], xmin=100, now=9.0)
    assert gaps.ids == [6]
    gaps.close([], xmin=100, now=10.0)
    assert gaps.ids == []
