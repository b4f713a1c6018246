"""Out of which template a campaign was made, and which emergency started it."""

from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, ForeignKey, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T12:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Campaigns that an emergency starts"
_COLUMN = {"primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree}


class Emergency(Table, tablename="emergency"):
    id = BigSerial(primary_key=True)


_ADDED: tuple[tuple[str, type, dict[str, Any]], ...] = (
    ("template_code", Varchar, {**_COLUMN, "null": False, "default": "", "length": 40}),
    (
        "emergency_id",
        ForeignKey,
        {
            **_COLUMN,
            "references": Emergency,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "default": None,
        },
    ),
)


async def forwards() -> MigrationManager:
    manager = tables_migration("campaigns", ID, DESCRIPTION, (), Path(__file__).parent / "emergency")
    for column, kind, params in _ADDED:
        manager.add_column(
            table_class_name="Campaign",
            tablename="campaign",
            column_name=column,
            column_class=kind,
            column_class_name=kind.__name__,
            params=params,
        )
    return manager
