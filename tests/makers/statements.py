"""What a request asks of the database: every statement that the driver sent, on any connection of the pool."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from asyncpg.connection import LoggedQuery

from backend import db


async def count_statements(act: Callable[[], Awaitable[object]]) -> int:
    """How many statements `act` sends. Let it act once before, or the driver asks for types as well."""
    heard: list[str] = []

    def note(said: LoggedQuery) -> None:
        heard.append(said.query)

    async with _whole_pool() as connections:
        for connection in connections:
            connection.add_query_logger(note)
    try:
        await act()
    finally:
        async with _whole_pool() as connections:
            for connection in connections:
                connection.remove_query_logger(note)
    return len(heard)


@asynccontextmanager
async def _whole_pool():
    pool = db.engine().pool
    assert pool is not None
    async with AsyncExitStack() as borrowed:
        yield [await borrowed.enter_async_context(pool.acquire()) for _ in range(pool.get_size())]
