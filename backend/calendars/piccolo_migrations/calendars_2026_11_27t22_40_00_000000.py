"""Notices of the desk that somebody has put away."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-27T22:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Notices that somebody has put away"

_COLUMN = {"null": False, "primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


_WHOSE = {"references": Account, "on_delete": OnDelete.cascade, "on_update": OnUpdate.cascade, "target_column": None}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="calendars", description=DESCRIPTION)
    manager.add_table(class_name="DismissedNotice", tablename="dismissed_notice")
    for name, kind, params in (
        ("id", BigSerial, {**_COLUMN, "primary_key": True}),
        ("account_id", ForeignKey, {**_COLUMN, **_WHOSE, "default": None}),
        ("notice", Varchar, {**_COLUMN, "length": 40, "default": ""}),
        ("dismissed_at", Timestamptz, {**_COLUMN, "default": None}),
    ):
        manager.add_column(
            table_class_name="DismissedNotice",
            tablename="dismissed_notice",
            column_name=name,
            column_class=kind,
            column_class_name=kind.__name__,
            params=params,
        )
    return manager
