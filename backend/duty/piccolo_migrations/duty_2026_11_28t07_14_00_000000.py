"""A shift is once on each list."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T07:14:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Once on each list"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE duty_shift ADD CONSTRAINT duty_shift_roster_named CHECK (roster ~ '^[a-z0-9-]*$');
ALTER TABLE duty_shift DROP CONSTRAINT duty_shift_starts_once;
ALTER TABLE duty_shift ADD CONSTRAINT duty_shift_starts_once UNIQUE (account_id, unit_id, area_code, starts_at, roster);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="duty", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
