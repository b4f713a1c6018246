"""Sources: who tells us something from outside."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigSerial,
    Boolean,
    Bytea,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T04:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sources"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class IntakeSource(Table, tablename="intake_source"):
    id = BigSerial(primary_key=True)
    name = Varchar(length=40, null=False, unique=True)
    title_zh = Varchar(length=60, null=False)
    title_en = Varchar(length=60, null=False)
    kind = Varchar(length=8, null=False)
    area_code = Varchar(length=12, null=False)
    datum = Varchar(length=5, null=False)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    key_print = Bytea(null=False, default=None)
    secret = Bytea(null=False, default=None)
    former_secret = Bytea(null=True, default=None)
    former_until = Timestamptz(null=True, default=None)
    per_minute = Integer(null=False, default=120)
    max_bytes = Integer(null=False, default=65536)
    accepted_error = DoublePrecision(null=True, default=None)
    raw_days = SmallInt(null=False, default=90)
    may_file = Boolean(null=False, default=True)
    may_read = Boolean(null=False, default=True)
    is_open = Boolean(null=False, default=True)
    added_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    added_at = Timestamptz(null=False, default=None)
    closed_at = Timestamptz(null=True, default=None)
    last_received_at = Timestamptz(null=True, default=None)


class SourceClass(Table, tablename="source_class"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    class_code = Varchar(length=80, null=False)
    class_name = Varchar(length=120, null=False, default="")
    item_id = ForeignKey(Item, null=False, default=None, **_KEEP)


class SourceRefusal(Table, tablename="source_refusal"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    refused_on = Date(null=False, default=None)
    reason = Varchar(length=40, null=False)
    refusals = Integer(null=False, default=0)


TABLES = (IntakeSource, SourceClass, SourceRefusal)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "sources")
