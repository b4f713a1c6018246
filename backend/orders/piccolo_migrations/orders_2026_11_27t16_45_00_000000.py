"""What was closed lately is counted by district: the index is not one that other questions about closed orders take."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T16:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Closed orders of a district by the day of closing"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE INDEX work_order_closed_in_district ON work_order (left(area_code, 6), closed_at) WHERE state = 'closed';
DROP INDEX work_order_closed_on;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
