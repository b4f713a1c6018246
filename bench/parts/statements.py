"""What one report really sends to PostgreSQL: its statements as the driver saw them, with values.

Asked of the app itself, in this process. Heard is what the listening task sends, and those that it starts, on whichever
connection: one that was busy, or is opened, meanwhile is as good as any. What others send (the scan log, half a second
after a scan) is not heard, nor are live pages and the waker, which have connections of their own.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from typing import Any, NamedTuple

import asyncpg
from asyncpg.connection import LoggedQuery
from asyncpg.introspection import INTRO_LOOKUP_TYPES

from backend import db


class Statement(NamedTuple):
    sql: str
    values: tuple[Any, ...]


Statements = list[Statement]
_heard: ContextVar[Statements | None] = ContextVar("heard", default=None)


async def heard_from(act: Callable[[], Awaitable[object]]) -> Statements:
    """Everything that `act` sends, but for what the driver asks about types."""
    async with listening() as heard:
        await act()
    return heard


@asynccontextmanager
async def listening() -> AsyncIterator[Statements]:
    """Listen to the block, and to the tasks that it starts."""
    heard: Statements = []
    before = _heard.set(heard)
    with _at_each_loan():
        try:
            yield heard
        finally:
            _heard.reset(before)
            await asyncio.sleep(0)  # the driver tells of a statement in the loop's next turn


def _note(said: LoggedQuery) -> None:
    """Called in the context of whoever sent it."""
    heard = _heard.get()
    if heard is not None and not _is_of_the_driver(said.query):
        heard.append(Statement(said.query, tuple(said.args or ())))


def _is_of_the_driver(sql: str) -> bool:
    """What it asks about types, on a connection that is new; without JIT, which it switches off and on again for it."""
    return sql == INTRO_LOOKUP_TYPES or "set_config('jit'" in sql


@contextmanager
def _at_each_loan() -> Iterator[None]:
    """Listen on each connection while it is lent. A pool has more of them than it has at any one time."""
    borrow, give_back = db.Engine.borrow, db.Engine.give_back

    async def borrow_listening(self: db.Engine) -> asyncpg.Connection:
        connection = await borrow(self)
        connection.add_query_logger(_note)
        return connection

    async def give_back_silent(self: db.Engine, connection: asyncpg.Connection) -> None:
        with suppress(asyncpg.InterfaceError):  # one that broke is not ours any more
            connection.remove_query_logger(_note)
        await give_back(self, connection)

    db.Engine.borrow, db.Engine.give_back = borrow_listening, give_back_silent
    try:
        yield
    finally:
        db.Engine.borrow, db.Engine.give_back = borrow, give_back
