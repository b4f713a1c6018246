"""A check list that is an example says so."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean

from backend.schema.first import tables_migration

ID = "2026-11-27T18:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sample check lists"


async def forwards() -> MigrationManager:
    manager = tables_migration("shops", ID, DESCRIPTION, (), Path(__file__).parent / "inspections_samples")
    manager.add_column(
        table_class_name="Checklist",
        tablename="checklist",
        column_name="is_sample",
        column_class=Boolean,
        params={"default": False, "null": False},
    )
    return manager
