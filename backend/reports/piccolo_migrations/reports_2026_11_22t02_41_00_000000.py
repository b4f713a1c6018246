"""A person reports an order once; built without stopping writers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "A person reports an order once"

_BUILD_TIMEOUT_S = 3600.0
DROP = "DROP INDEX CONCURRENTLY IF EXISTS report_once_a_person"
CREATE = "CREATE UNIQUE INDEX CONCURRENTLY report_once_a_person ON report (order_id, reporter_id)"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reports", description=DESCRIPTION, wrap_in_transaction=False)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    """A build that was cut off leaves an invalid index behind: start from nothing each time."""
    async with db.connection() as connection:
        await connection.execute(DROP, timeout=_BUILD_TIMEOUT_S)
        await connection.execute(CREATE, timeout=_BUILD_TIMEOUT_S)


async def _backwards() -> None:
    async with db.connection() as connection:
        await connection.execute(DROP, timeout=_BUILD_TIMEOUT_S)
