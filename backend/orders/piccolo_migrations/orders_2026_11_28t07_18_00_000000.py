"""Nothing is raised to what it was, and none below."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T07:18:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Raised means more urgent"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE work_order ADD CONSTRAINT work_order_raised_upwards CHECK (raised_from > priority) NOT VALID;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
