"""The log is made ready to be cut by month, while it is written: its key, and the proof of where it ends. Repeatable.

Takes as long as an index of the log does.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db
from backend.partitions import converting

ID = "2026-11-27T13:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The log is made ready for months"


async def forwards() -> MigrationManager:
    manager = MigrationManager(
        migration_id=ID, app_name="events", description=DESCRIPTION, wrap_in_transaction=False
    )
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    async with db.connection() as connection:
        await converting.prepare(connection, "event_log", "recorded_at")
