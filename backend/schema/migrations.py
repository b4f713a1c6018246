"""Which migrations this version has, and which a database has seen."""

from functools import cache
from typing import TYPE_CHECKING

import asyncpg

from backend.schema.packages import list_ids

if TYPE_CHECKING:
    from piccolo.conf.apps import MigrationModule

_RECORDED = "SELECT app_name, name FROM migration"


@cache
def list_known() -> "dict[tuple[str, str], MigrationModule]":
    """By package and id, in the order in which they run: by their ids, which are the times at which they were written.

    Of one time, a package comes after those it refers to.
    """
    # With a code formatter of 10 MB: only for whoever migrates.
    from piccolo.apps.migrations.commands.base import BaseMigrationManager
    from piccolo.conf.apps import Finder

    manager = BaseMigrationManager()
    found: dict[tuple[str, str], MigrationModule] = {}
    for app_name in manager.get_sorted_app_names():
        config = Finder().get_app_config(app_name=app_name)
        modules = manager.get_migration_modules(config.resolved_migrations_folder_path)
        found |= {(app_name, migration_id): modules[migration_id] for migration_id in sorted(modules)}
    return dict(sorted(found.items(), key=lambda each: each[0][1]))


async def list_recorded(connection: asyncpg.Connection) -> frozenset[tuple[str, str]]:
    """Those that have run here, by package and id; none where none ever did."""
    if await connection.fetchval("SELECT to_regclass('migration') IS NULL"):
        return frozenset()
    return frozenset((row["app_name"], row["name"]) for row in await connection.fetch(_RECORDED))


async def pending(connection: asyncpg.Connection) -> frozenset[tuple[str, str]]:
    """The migrations (package, id) of this version that the database has not seen."""
    if await connection.fetchval("SELECT to_regclass('pgqueuer') IS NULL"):
        return list_ids()
    return list_ids() - await list_recorded(connection)
