"""All texts of an order, what became of a warning, and what the towns of a district say together."""

from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T10:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Texts, steps and districts of public opinion"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}
_PLAIN = {"primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class EmergingMatter(Table, tablename="emerging_matter"):
    id = BigSerial(primary_key=True)


class OpinionDistrictCount(Table, tablename="opinion_district_count"):
    id = BigSerial(primary_key=True)
    district_code = Varchar(length=6, null=False)
    week = Date(null=False, default=None)
    word = Varchar(length=20, null=False)
    is_place = Boolean(null=False)
    orders = Integer(null=False)
    reporters = Integer(null=False)
    towns = SmallInt(null=False)


class MatterStep(Table, tablename="matter_step"):
    id = BigSerial(primary_key=True)
    matter_id = ForeignKey(EmergingMatter, null=False, default=None, **_KEEP)
    kind = Varchar(length=11, null=False, default=None)
    reason = Text(null=False, default="")
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    at = Timestamptz(null=False, default=None)


TABLES = (OpinionDistrictCount, MatterStep)
_ADDED: tuple[tuple[str, str, str, type[Column], dict[str, Any]], ...] = (
    ("OpinionText", "opinion_text", "record_id", BigInt, {"null": True, "default": None}),
    ("OpinionText", "opinion_text", "origin", Varchar, {"length": 9, "null": False, "default": "order"}),
    ("OpinionText", "opinion_text", "source", Varchar, {"length": 16, "null": False, "default": ""}),
    ("PendingOpinion", "opinion_pending", "record_id", BigInt, {"null": True, "default": None}),
    ("EmergingMatter", "emerging_matter", "days", SmallInt, {"null": False, "default": 7}),
    ("EmergingMatter", "emerging_matter", "spots", Integer, {"null": False, "default": 0}),
    ("EmergingMatter", "emerging_matter", "sources", JSONB, {"null": False, "default": "{}"}),
    ("EmergingMatter", "emerging_matter", "standing", Varchar, {"length": 9, "null": False, "default": "open"}),
    ("EmergingMatter", "emerging_matter", "quiet_until", Date, {"null": True, "default": None}),
    ("OpinionTown", "opinion_town", "quiet_days", SmallInt, {"null": True, "default": None}),
)


async def forwards() -> MigrationManager:
    manager = tables_migration("public_opinion", ID, DESCRIPTION, TABLES, Path(__file__).parent / "taking_up")
    for class_name, tablename, name, kind, params in _ADDED:
        manager.add_column(
            table_class_name=class_name,
            tablename=tablename,
            column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=_PLAIN | params,
        )
    for class_name, tablename in (("OpinionText", "opinion_text"), ("PendingOpinion", "opinion_pending")):
        manager.alter_column(
            table_class_name=class_name,
            tablename=tablename,
            column_name="order_id",
            params={"null": True},
            old_params={"null": False},
            column_class=ForeignKey,
            old_column_class=ForeignKey,
        )
    return manager
