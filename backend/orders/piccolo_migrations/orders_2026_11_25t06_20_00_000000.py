"""到场核实: the fixes that are still kept whole, oldest first, for whoever thins them; built without stopping writers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T06:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Index of fixes that are kept whole"

_BUILD_TIMEOUT_S = 3600.0
_DROP = "DROP INDEX CONCURRENTLY IF EXISTS check_in_fixes"
_CREATE = "CREATE INDEX CONCURRENTLY check_in_fixes ON check_in (fixed_at, id) WHERE fixed_at IS NOT NULL"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION, wrap_in_transaction=False)
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
