"""Foreign keys end in `_id`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-27T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Foreign keys end in _id"

_RENAMED = (
    ("SlaPolicy", "sla_policy", "item_code", "item_id"),
    ("Order", "work_order", "item_code", "item_id"),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    for table, tablename, old, new in _RENAMED:
        manager.rename_column(table, tablename, old, new, old, new)
    return manager
