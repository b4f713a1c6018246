"""Limits of an item are positive."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Limits of an item are positive"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '300s';
ALTER TABLE item
    ADD CONSTRAINT item_stage_limits_positive CHECK (arrive_min > 0 AND safe_min > 0 AND verify_min > 0);
"""

BACKWARDS = """
ALTER TABLE item DROP CONSTRAINT item_stage_limits_positive;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="items", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
