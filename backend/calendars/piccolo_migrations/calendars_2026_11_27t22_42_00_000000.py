"""A notice is put away once by each person, and named by its kind and its beginning."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T22:42:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Once by each person"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE dismissed_notice ADD CONSTRAINT dismissed_notice_once UNIQUE (account_id, notice);
ALTER TABLE dismissed_notice ADD CONSTRAINT dismissed_notice_named CHECK (notice ~ '^[a-z]+-[0-9T]+$');
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="calendars", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
