"""The two origins of an own place, and no others."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T15:27:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What holds of own places"
FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE own_place ADD CONSTRAINT own_place_origin_known CHECK (origin IN ('said', 'register'));
"""


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="grab_orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager
