"""A photo taken to show that a handler is there, where position and code fail."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Photos of arrivals"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE photo_attachment
    DROP CONSTRAINT photo_attachment_role_known,
    ADD CONSTRAINT photo_attachment_role_known
        CHECK (role IN ('report', 'before', 'after', 'plate', 'arrival')) NOT VALID;
"""

BACKWARDS = """
ALTER TABLE photo_attachment
    DROP CONSTRAINT photo_attachment_role_known,
    ADD CONSTRAINT photo_attachment_role_known CHECK (role IN ('report', 'before', 'after', 'plate')) NOT VALID;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)

    async def run() -> None:
        await db.execute(FORWARDS)

    async def run_backwards() -> None:
        await db.execute(BACKWARDS)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager
