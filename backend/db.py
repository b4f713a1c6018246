"""The one database: engine, transactions that never leak, and short helpers for plain SQL.

A verb opens `async with db.transaction():`; inside it every helper and every Piccolo query uses that connection, and a
nested transaction joins the outer one. Never `gather` inside a transaction: it is one connection.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from typing import Any, Literal, cast

import asyncpg
from piccolo.engine.finder import engine_finder
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

from backend import lazily, logs
from backend.availability import is_database_away
from backend.sql import Sql

log = logs.get_logger()
# Piccolo imports this formatter beside its engine, for the files of new migrations: 10 MB of each process.
lazily.load("black")

Prepare = Callable[[asyncpg.Connection], Awaitable[None]]
_COMMAND_TIMEOUT_S = 30.0
_BORROW_TIMEOUT_S = 5.0
LOCK_TIMEOUT_S = 2.5
"""How long a person waits for a row that somebody else holds locked."""
IMPATIENT = {"lock_timeout": str(int(LOCK_TIMEOUT_S * 1000))}
"""For every connection of a process for which people wait: a locked row is told of instead of waited for."""


class PoolExhausted(TimeoutError):
    """Nobody gave a connection back in time: better told now than queued behind everybody else."""


class Transaction(PostgresTransaction):
    """Piccolo's transaction, with the connection given back and the context cleared whatever BEGIN or COMMIT does.

    The stock one leaks both when one of them raises or is cancelled (a deferred constraint, a lost server).
    """

    __slots__ = ("_after_commit",)
    engine: "Engine"

    def __init__(self, engine: "Engine", allow_nested: bool = True) -> None:
        super().__init__(engine, allow_nested)
        self._after_commit: dict[Callable[[], None], None] = {}

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call this once, when the transaction has committed and given its connection back."""
        self._after_commit[call] = None

    async def get_connection(self) -> asyncpg.Connection:
        return await self.engine.borrow()

    async def begin(self) -> None:
        try:
            await super().begin()
        except BaseException:
            self.connection.terminate()
            await self._give_back()
            raise

    async def __aexit__(self, kind: Any, error: BaseException | None, traceback: Any) -> Literal[False]:
        if self._parent:
            return False
        try:
            await self._end(error)
        except BaseException:
            self.connection.terminate()  # its state is unknown: never hand it on alive
            if error is None:
                raise
        finally:
            try:
                self.engine.current_transaction.reset(self.context)
            except ValueError:
                self.engine.current_transaction.set(None)
            await self._give_back()
        if self._committed:
            for call in self._after_commit:
                call()
        return False

    async def _end(self, error: BaseException | None) -> None:
        if self._rolled_back or self._committed:
            return
        await (self.commit() if error is None else self.rollback())

    async def _give_back(self) -> None:
        await self.engine.give_back(cast(asyncpg.Connection, self.connection))


class Engine(PostgresEngine):
    """Piccolo's engine with each connection prepared (type codecs) and the safe transaction."""

    __slots__ = ("prepare",)

    def __init__(self, database_url: str, prepare: Prepare) -> None:
        super().__init__(config={"dsn": database_url, "command_timeout": _COMMAND_TIMEOUT_S})
        self.prepare = prepare

    async def start_connection_pool(self, **kwargs: Any) -> None:
        kwargs.setdefault("init", self.prepare)
        kwargs.setdefault("reset", _keep_session)
        await super().start_connection_pool(**kwargs)

    async def get_new_connection(self) -> asyncpg.Connection:
        connection = await super().get_new_connection()
        await self.prepare(connection)
        return connection

    async def borrow(self) -> asyncpg.Connection:
        """A connection of the pool, or a new one where there is no pool. Raises PoolExhausted."""
        if self.pool is None:
            return await self.get_new_connection()
        try:
            async with asyncio.timeout(_BORROW_TIMEOUT_S):
                return cast(asyncpg.Connection, await self.pool.acquire())
        except TimeoutError as error:
            raise PoolExhausted from error

    async def give_back(self, connection: asyncpg.Connection) -> None:
        """Done to the end though whoever waits for it is cancelled; the pool sees to that itself."""
        if self.pool is not None:
            await self.pool.release(connection)
        elif not connection.is_closed():
            await asyncio.shield(connection.close())

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> list[asyncpg.Record]:
        async with connection() as here:
            return await here.fetch(query, *(args or ()))

    async def check_version(self) -> None:
        """Piccolo would connect at import to warn of old servers; /ready and migrate say it better."""

    def transaction(self, allow_nested: bool = True) -> Transaction:
        return Transaction(engine=self, allow_nested=allow_nested)


async def _keep_session(connection: asyncpg.Connection) -> None:
    """Save asyncpg's reset round trip on each release: no verb sets session state, locks or listeners on the pool."""


@cache
def engine() -> Engine:
    """The engine of this process: Piccolo would look it up anew, by the name of its module, for each statement."""
    found = engine_finder()
    if not isinstance(found, Engine):
        raise RuntimeError("PICCOLO_CONF does not name our engine")
    return found


def transaction() -> Transaction:
    return engine().transaction()


def is_in_transaction() -> bool:
    """Whether what runs here belongs to a transaction already."""
    return engine().current_transaction.get() is not None


def after_commit(call: Callable[[], None]) -> None:
    """Call this once when the outermost transaction has committed, however often it is asked for; never if it did not.

    Outside of a transaction it is called at once. It must neither wait nor raise.
    """
    current = engine().current_transaction.get()
    if current is None:
        call()
    else:
        cast(Transaction, current).after_commit(call)


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """What the block wrote is undone when it raises, and nothing else of the transaction around it."""
    current = engine().current_transaction.get()
    async with transaction() if current is None else cast(asyncpg.Connection, current.connection).transaction():
        yield


async def _start_pool(min_size: int, max_size: int, server_settings: dict[str, str], *, is_patient: bool) -> None:
    try:
        await engine().start_connection_pool(min_size=min_size, max_size=max_size, server_settings=server_settings)
    except Exception as error:
        if not is_patient or not is_database_away(error):
            raise
        log.warning("database_away_at_start", **logs.describe(error))
        await engine().start_connection_pool(min_size=0, max_size=max_size, server_settings=server_settings)


@asynccontextmanager
async def pool(
    min_size: int, max_size: int, session: Mapping[str, str] | None = None, *, is_patient: bool = False
) -> AsyncIterator[None]:
    """Hold the connection pool open for the life of a process. `session`: server settings of each connection.

    Patient, it opens though the database is away, and connects when it is asked: the process can say so.
    """
    await _start_pool(min_size, max_size, dict(session or {}), is_patient=is_patient)
    try:
        yield
    finally:
        await engine().close_connection_pool()


class _Lent:
    """The current transaction's connection, or one of the pool's, or a new one. On the path of every statement."""

    __slots__ = ("_borrowed",)
    _borrowed: asyncpg.Connection | None

    async def __aenter__(self) -> asyncpg.Connection:
        here = engine()
        current = here.current_transaction.get()
        if current is not None:
            self._borrowed = None
            return cast(asyncpg.Connection, current.connection)
        borrowed = self._borrowed = await here.borrow()
        return borrowed

    async def __aexit__(self, *_: object) -> None:
        if self._borrowed is not None:
            await engine().give_back(self._borrowed)


def connection() -> AbstractAsyncContextManager[asyncpg.Connection]:
    """The current transaction's connection, or one of the pool's, or a new one. For COPY and the queue."""
    return _Lent()


async def fetch(statement: str | Sql, *args: Any) -> list[asyncpg.Record]:
    """All rows. A plain text takes its `$n` values as arguments, four at the most; more are bound by name."""
    text, values = _bound(statement, args)
    async with connection() as here:
        return await here.fetch(text, *values)


async def fetchrow(statement: str | Sql, *args: Any) -> asyncpg.Record | None:
    """The first row, or None."""
    text, values = _bound(statement, args)
    async with connection() as here:
        return await here.fetchrow(text, *values)


async def fetchval(statement: str | Sql, *args: Any) -> Any:
    """The first value of the first row, or None."""
    text, values = _bound(statement, args)
    async with connection() as here:
        return await here.fetchval(text, *values)


async def execute(statement: str | Sql, *args: Any) -> str:
    """Carry out a statement and return its status, such as `UPDATE 1`."""
    text, values = _bound(statement, args)
    async with connection() as here:
        return await here.execute(text, *values)


async def executemany(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    async with connection() as here:
        await here.executemany(sql, rows)


def _bound(statement: str | Sql, args: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    return (statement, args) if isinstance(statement, str) else statement.bound()
