"""What a plan was when its emergency began, who changed plans and groups, and lines of the log from elsewhere, once."""

from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import JSONB, BigSerial, ForeignKey, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Plans and groups are changed on pages"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}
_COLUMN = {"primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class EmergencyPlan(Table, tablename="emergency_plan"):
    id = BigSerial(primary_key=True)


class CommandGroup(Table, tablename="command_group"):
    id = BigSerial(primary_key=True)


class PreparationChange(Table, tablename="preparation_change"):
    id = BigSerial(primary_key=True)
    plan_id = ForeignKey(EmergencyPlan, null=True, default=None, **_KEEP)
    group_id = ForeignKey(CommandGroup, null=True, default=None, **_KEEP)
    content = JSONB(null=False, default=None)
    changed_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    changed_at = Timestamptz(null=False, default=None)


TABLES = (PreparationChange,)
_TEXT = {**_COLUMN, "null": False, "default": "", "length": 60}
_ADDED: tuple[tuple[str, str, str, type, dict[str, Any]], ...] = (
    ("Emergency", "emergency", "plan_zh", Varchar, _TEXT),
    ("Emergency", "emergency", "plan_en", Varchar, _TEXT),
    ("Emergency", "emergency", "warn_after_hours", SmallInt, {**_COLUMN, "null": False, "default": 24}),
    ("SituationEntry", "situation_entry", "source_key", Varchar, {**_TEXT, "null": True, "default": None}),
)


async def forwards() -> MigrationManager:
    manager = tables_migration("emergencies", ID, DESCRIPTION, TABLES, Path(__file__).parent / "changes")
    for class_name, table, column, kind, params in _ADDED:
        manager.add_column(
            table_class_name=class_name,
            tablename=table,
            column_name=column,
            column_class=kind,
            column_class_name=kind.__name__,
            params=params,
        )
    return manager
