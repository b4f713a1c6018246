"""An elder in hospital or away is visited again later; what was missed in thirty days is counted by an index."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Date
from piccolo.columns.indexes import IndexMethod

from backend.schema.first import tables_migration

ID = "2026-11-28T10:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Paused visits"


async def forwards() -> MigrationManager:
    manager = tables_migration("elder_care", ID, DESCRIPTION, (), Path(__file__).parent / "pauses")
    manager.add_column(
        table_class_name="LoneElder",
        tablename="lone_elder",
        column_name="paused_until",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
        },
    )
    return manager
