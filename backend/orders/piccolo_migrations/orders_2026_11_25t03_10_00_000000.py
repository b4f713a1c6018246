"""What was closed lately at one place: on the path of every scan; built without stopping writers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Index of what was closed lately at a place"

_BUILD_TIMEOUT_S = 3600.0
DROP = "DROP INDEX CONCURRENTLY IF EXISTS work_order_closed_here"
CREATE = """
    CREATE INDEX CONCURRENTLY work_order_closed_here ON work_order (place_id, closed_at) WHERE closed_at IS NOT NULL
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION, wrap_in_transaction=False)
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
