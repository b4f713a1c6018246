"""Kinds of devices of a town, and what each of them reports."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, DoublePrecision, ForeignKey, Integer, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T07:06:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Kinds of devices of a town"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class TownSensorKind(Table, tablename="sensor_kind"):
    id = BigSerial(primary_key=True)
    code = Varchar(length=24, null=False)
    name_zh = Varchar(length=40, null=False)
    name_en = Varchar(length=60, null=False)
    unit = Varchar(length=12, null=False, default="")
    low = DoublePrecision(null=True, default=None)
    high = DoublePrecision(null=True, default=None)
    silence_min = Integer(null=False, default=None)
    battery_floor = DoublePrecision(null=True, default=None)
    activity = Varchar(length=24, null=False, default="")


class TownSensorCause(Table, tablename="sensor_cause"):
    id = BigSerial(primary_key=True)
    kind = Varchar(length=24, null=False)
    code = Varchar(length=24, null=False)
    name_zh = Varchar(length=40, null=False)
    name_en = Varchar(length=60, null=False)
    trigger = Varchar(length=8, null=False)
    item_id = ForeignKey(Item, null=True, default=None, **_KEEP)
    is_by_place = Boolean(null=False, default=False)
    fold_min = Integer(null=False, default=0)
    storm_min = Integer(null=False, default=0)
    is_always_visited = Boolean(null=False, default=False)
    reason_zh = Varchar(length=120, null=False, default="")
    reason_en = Varchar(length=200, null=False, default="")


TABLES = (TownSensorKind, TownSensorCause)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "sensor_kinds")
