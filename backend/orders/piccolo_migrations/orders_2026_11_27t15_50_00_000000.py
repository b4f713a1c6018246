"""What was closed lately, wherever it lies: the overviews count two weeks, and the desk lists them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T15:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "An index of closed orders by the day of closing"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE INDEX work_order_closed_on ON work_order (closed_at) WHERE state = 'closed';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
