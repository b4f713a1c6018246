"""The accuracy of a position is a distance."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:51:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Check of the accuracy of a photo's position"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '300s';
ALTER TABLE photo ADD CONSTRAINT photo_gps_accuracy_not_negative CHECK (gps_accuracy_m >= 0) NOT VALID;
ALTER TABLE photo VALIDATE CONSTRAINT photo_gps_accuracy_not_negative;
"""

BACKWARDS = "ALTER TABLE photo DROP CONSTRAINT photo_gps_accuracy_not_negative;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)

    async def run() -> None:
        await db.execute(FORWARDS)

    async def run_backwards() -> None:
        await db.execute(BACKWARDS)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager
