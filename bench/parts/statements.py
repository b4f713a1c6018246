"""What one report really sends to PostgreSQL: its statements as the driver saw them, with values.

Asked of the app itself, in this process; the worker and the live pages use other connections or come after it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, NamedTuple

from asyncpg.connection import LoggedQuery

from backend import db


class Statement(NamedTuple):
    sql: str
    values: tuple[Any, ...]


Statements = list[Statement]


async def heard_from(act: Callable[[], Awaitable[object]]) -> Statements:
    """Everything that `act` sends. Let it act before, or the driver asks for types as well."""
    async with listening() as heard:
        await act()
    return heard


@asynccontextmanager
async def listening() -> AsyncIterator[Statements]:
    """Listen on every connection of the pool; they are all idle when we come and when we go."""
    heard: Statements = []

    def note(said: LoggedQuery) -> None:
        heard.append(Statement(said.query, tuple(said.args or ())))

    async with _whole_pool() as connections:
        for connection in connections:
            connection.add_query_logger(note)
    try:
        yield heard
    finally:
        async with _whole_pool() as connections:
            for connection in connections:
                connection.remove_query_logger(note)


@asynccontextmanager
async def _whole_pool() -> AsyncIterator[list[Any]]:
    pool = db.engine().pool
    assert pool is not None
    async with AsyncExitStack() as borrowed:
        yield [await borrowed.enter_async_context(pool.acquire()) for _ in range(pool.get_size())]
