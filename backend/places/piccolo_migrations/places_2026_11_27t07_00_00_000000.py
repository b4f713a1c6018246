"""Foreign keys end in `_id`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-27T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Foreign keys end in _id"

_RENAMED = (
    ("GridCell", "grid_cell", "area_code", "area_id"),
    ("Road", "road", "area_code", "area_id"),
    ("Place", "place", "area_code", "area_id"),
    ("Place", "place", "grid_code", "grid_cell_id"),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="places", description=DESCRIPTION)
    for table, tablename, old, new in _RENAMED:
        manager.rename_column(table, tablename, old, new, old, new)
    return manager
