"""Bring the database to this version: PostGIS, the migrations of every package, the queue's own tables.

Safe to run from several processes at once (an advisory lock), to repeat after an interruption, and cheap when there is
nothing to do.
"""

import asyncio
import contextlib
import io
from typing import TYPE_CHECKING

import asyncpg

from backend import db
from backend.jobs import queue
from backend.schema import adoption
from backend.schema.migrations import list_known, pending

if TYPE_CHECKING:
    from piccolo.conf.apps import MigrationModule

_LOCK = 0x59494D41  # "YIMA"
_LOCK_WAIT_S = 3600.0
_LOCK_PAUSE_S = 0.2


class MigrationFailed(RuntimeError):
    """A migration stopped; the database stands where the one before left it."""


async def migrate() -> bool:
    """Run what has not run yet. False when the database is up to date already. Raises MigrationFailed."""
    async with db.connection() as guard:
        await _wait_for_turn(guard)
        try:
            await _need_postgis(guard)
            is_adopted = await _adopt(guard)
            if not (missing := await pending(guard)):
                return is_adopted
            await _run(missing)
            return True
        finally:
            await guard.execute("SELECT pg_advisory_unlock($1)", _LOCK)


async def _wait_for_turn(guard: asyncpg.Connection) -> None:
    """Ask for the lock again and again: an index that is built meanwhile waits for every statement that waits."""
    async with asyncio.timeout(_LOCK_WAIT_S):
        while True:
            if await guard.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK):
                return
            await asyncio.sleep(_LOCK_PAUSE_S)


async def _need_postgis(connection: asyncpg.Connection) -> None:
    if await connection.fetchval("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'"):
        return
    try:
        await connection.execute("CREATE EXTENSION postgis")
    except asyncpg.PostgresError as error:
        raise MigrationFailed("the database needs PostGIS: let its owner run CREATE EXTENSION postgis") from error


async def _adopt(connection: asyncpg.Connection) -> bool:
    """Take over a database that the chain of migrations before this one made. False where it is none."""
    if not await adoption.is_of_before(connection):
        return False
    try:
        await adoption.adopt(connection)
    except adoption.SchemaDiffers as error:
        raise MigrationFailed(str(error)) from error
    except asyncpg.InsufficientPrivilegeError as error:
        raise MigrationFailed("comparing schemas needs CREATE: let the database's owner migrate it once") from error
    return True


async def _run(missing: frozenset[tuple[str, str]]) -> None:
    for (app_name, migration_id), module in list_known().items():
        if (app_name, migration_id) in missing:
            await _run_one(app_name, migration_id, module)
    await queue.install()


async def _run_one(app_name: str, migration_id: str, module: "MigrationModule") -> None:
    """With the line that records it in one transaction: Piccolo by itself writes that line afterwards."""
    from piccolo.apps.migrations.commands.forwards import run_forwards  # with a code formatter of 10 MB

    manager, said = await module.forwards(), io.StringIO()
    is_whole = getattr(manager, "wrap_in_transaction", False)
    async with db.transaction() if is_whole else contextlib.nullcontext():
        with contextlib.redirect_stdout(said):
            result = await run_forwards(app_name, migration_id)
        if not result.success:
            raise MigrationFailed(f"{result.message}\n{said.getvalue()}")
