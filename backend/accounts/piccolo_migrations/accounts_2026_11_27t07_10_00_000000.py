"""The shifts go to the package `duty`: their rows wait in a table beside until it has made its own."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T07:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "duty_shift belongs to duty"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="accounts", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.drop_table("DutyShift", "duty_shift")
    return manager


async def _forwards() -> None:
    await db.execute("CREATE TABLE duty_shift_before AS TABLE duty_shift")
