"""What a page missed is told again, gaps in the numbering included; too much is not told one by one."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.events import queries
from backend.events.queries import REPLAY_MOST, Cursor, parse_cursor
from tests.makers.facts import record

pytestmark = pytest.mark.usefixtures("database")


async def test_what_was_begun_before_and_committed_after_is_not_missed():
    begun, finish = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with db.transaction():
            await record(1)
            begun.set()
            await finish.wait()

    late = asyncio.create_task(slow())
    await begun.wait()
    await record(2)
    cursor = await queries.get_cursor()
    finish.set()
    await late

    told = await queries.list_since(cursor)

    assert told is not None
    assert 1 in [event.subject_id for event in told]


async def test_whoever_missed_too_much_is_told_to_ask_again():
    start = await queries.get_cursor()
    await record(*range(REPLAY_MOST + 1))

    assert await queries.list_since(start) is None


async def test_what_came_after_a_page_was_made_is_told_and_what_was_long_before_is_not():
    made_at = await db.fetchval("SELECT now()")
    await record(1, 2)

    told, later = await queries.list_after(made_at), await queries.list_after(made_at + timedelta(minutes=1))

    assert [event.subject_id for event in told or ()] == [1, 2]
    assert later == []


async def test_a_page_that_was_made_before_too_much_happened_asks_for_everything():
    made_at = await db.fetchval("SELECT now()")
    await record(*range(REPLAY_MOST + 1))

    assert await queries.list_after(made_at) is None


@pytest.mark.parametrize("text", ["", "1", "1.", ".1", "x.1", "1.2.3", "9" * 30 + ".1", "1." + "9" * 19, "-1.2"])
def test_what_is_no_cursor_of_ours_is_ignored(text):
    assert parse_cursor(text) is None


def test_a_cursor_is_read_as_it_was_written():
    assert parse_cursor(str(Cursor(12, 345))) == Cursor(12, 345)
