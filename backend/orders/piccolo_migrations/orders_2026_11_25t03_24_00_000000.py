"""Indexes of what somebody holds and of what nobody accepted in time, built without stopping writers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:24:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of held and unaccepted orders"

_BUILD_TIMEOUT_S = 3600.0
INDEXES = {
    "work_order_held": "(handler_id) WHERE state IN ('dispatched', 'accepted', 'on_site') AND handler_id IS NOT NULL",
    "work_order_unaccepted": "(respond_by, id) WHERE state = 'dispatched' AND unit_id IS NOT NULL",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION, wrap_in_transaction=False)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    """A build that was cut off leaves an invalid index behind: start each from nothing."""
    async with db.connection() as connection:
        for name, index in INDEXES.items():
            await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=_BUILD_TIMEOUT_S)
            create = f"CREATE INDEX CONCURRENTLY {name} ON work_order {index}"
            await connection.execute(create, timeout=_BUILD_TIMEOUT_S)


async def _backwards() -> None:
    async with db.connection() as connection:
        for name in INDEXES:
            await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=_BUILD_TIMEOUT_S)
