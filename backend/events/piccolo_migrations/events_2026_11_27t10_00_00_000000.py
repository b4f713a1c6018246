"""What waits for delivery: one narrow row per fact, deleted when it is delivered."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Boolean

ID = "2026-11-27T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Facts that wait for delivery"

_COLUMN = {"null": False, "primary_key": False, "unique": False, "index": False}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)
    manager.add_table(class_name="EventPending", tablename="event_pending")
    for name, kind, params in (
        ("event_id", BigInt, {**_COLUMN, "primary_key": True, "default": None}),
        ("is_urgent", Boolean, {**_COLUMN, "default": False}),
    ):
        manager.add_column(
            table_class_name="EventPending",
            tablename="event_pending",
            column_name=name,
            column_class=kind,
            column_class_name=kind.__name__,
            params=params,
        )
    return manager
