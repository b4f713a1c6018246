"""The log of before becomes the first partition of one that is cut by month. An instant: no row is copied or read."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db
from backend.partitions import converting

ID = "2026-11-27T13:04:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The log by month"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    async with db.connection() as connection:
        await converting.convert(connection, "event_log", "recorded_at")
