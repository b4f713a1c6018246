"""Bring the database to this version: PostGIS, the migrations of every room, the queue's own tables.

Safe to run from several doors at once (an advisory lock) and cheap when there is nothing to do.
"""

import contextlib
import io
from functools import cache

import asyncpg
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.conf.apps import Finder

from backend import db
from backend.jobs import queue

_LOCK = 0x59494D41  # "YIMA"
_RECORDED = "SELECT app_name, name FROM migration"


class MigrationFailed(RuntimeError):
    """A migration stopped; the database stands where the one before left it."""


async def migrate() -> bool:
    """Run what has not run yet. False when the database is up to date already. Raises MigrationFailed."""
    async with db.connection() as guard:
        await guard.execute("SELECT pg_advisory_lock($1)", _LOCK)
        try:
            await _need_postgis(guard)
            if not await pending(guard):
                return False
            await _run_all()
            return True
        finally:
            await guard.execute("SELECT pg_advisory_unlock($1)", _LOCK)


async def pending(connection: asyncpg.Connection) -> frozenset[tuple[str, str]]:
    """The migrations (room, id) of this version that the database has not seen."""
    known = _in_the_repository()
    if await connection.fetchval("SELECT to_regclass('migration') IS NULL OR to_regclass('pgqueuer') IS NULL"):
        return known
    return known - {(row["app_name"], row["name"]) for row in await connection.fetch(_RECORDED)}


async def _need_postgis(connection: asyncpg.Connection) -> None:
    if await connection.fetchval("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'"):
        return
    try:
        await connection.execute("CREATE EXTENSION postgis")
    except asyncpg.PostgresError as error:
        raise MigrationFailed("the database needs PostGIS: let its owner run CREATE EXTENSION postgis") from error


async def _run_all() -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        result = await run_forwards("all")
    if not result.success:
        raise MigrationFailed(f"{result.message}\n{said.getvalue()}")
    await queue.install()


@cache
def _in_the_repository() -> frozenset[tuple[str, str]]:
    manager = BaseMigrationManager()
    found: set[tuple[str, str]] = set()
    for app_name in manager.get_sorted_app_names():
        config = Finder().get_app_config(app_name=app_name)
        modules = manager.get_migration_modules(config.resolved_migrations_folder_path)
        found |= {(app_name, migration_id) for migration_id in manager.get_migration_ids(modules)}
    return frozenset(found)
