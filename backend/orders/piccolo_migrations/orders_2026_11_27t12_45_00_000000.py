"""The open orders of a unit without those that were cancelled or merged, which only become more."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T12:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "An index of the open orders of a unit alone"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE INDEX work_order_open_of_unit ON work_order (unit_id)
    WHERE state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended');
DROP INDEX work_order_open_by_unit;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
