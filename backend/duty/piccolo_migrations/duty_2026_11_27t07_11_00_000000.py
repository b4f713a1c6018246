"""The shifts come to the package `duty`, without rows; the next migration brings those."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.column_types import BigSerial, ForeignKey, Timestamptz, Varchar
from piccolo.table import Table

ID = "2026-11-27T07:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "duty_shift belongs to duty"


class Account(Table, tablename="account", schema=None):
    id = BigSerial(primary_key=True)


class OrgUnit(Table, tablename="org_unit", schema=None):
    id = BigSerial(primary_key=True)


_COLUMNS = (
    ("id", BigSerial, {"null": False, "primary_key": True}),
    ("account_id", ForeignKey, {"references": Account, "on_delete": OnDelete.cascade, "on_update": OnUpdate.cascade, "null": False}),
    ("unit_id", ForeignKey, {"references": OrgUnit, "on_delete": OnDelete.cascade, "on_update": OnUpdate.cascade, "null": False}),
    ("area_code", Varchar, {"length": 15, "default": "", "null": False}),
    ("starts_at", Timestamptz, {"default": None, "null": False}),
    ("ends_at", Timestamptz, {"default": None, "null": True}),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="duty", description=DESCRIPTION)
    manager.add_table("DutyShift", tablename="duty_shift")
    for name, kind, params in _COLUMNS:
        manager.add_column(
            table_class_name="DutyShift",
            tablename="duty_shift",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=params,
        )
    return manager
