"""The index of the outlines of places: only of those that have one, built without stopping writers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:42:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Index of the outlines of places"

_BUILD_TIMEOUT_S = 3600.0
_DROP = "DROP INDEX CONCURRENTLY IF EXISTS place_outline"
_CREATE = "CREATE INDEX CONCURRENTLY place_outline ON place USING gist (outline) WHERE outline IS NOT NULL"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="places", description=DESCRIPTION, wrap_in_transaction=False)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    """A build that was cut off leaves an invalid index behind: start from nothing."""
    async with db.connection() as connection:
        await connection.execute(_DROP, timeout=_BUILD_TIMEOUT_S)
        await connection.execute(_CREATE, timeout=_BUILD_TIMEOUT_S)


async def _backwards() -> None:
    async with db.connection() as connection:
        await connection.execute(_DROP, timeout=_BUILD_TIMEOUT_S)
