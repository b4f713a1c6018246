"""Intake records: what came in from outside, and its fate."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T04:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Intake records"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class IntakeSource(Table, tablename="intake_source"):
    id = BigSerial(primary_key=True)


class IntakeRecord(Table, tablename="intake_record"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    source_no = Varchar(length=80, null=False)
    state = Varchar(length=11, null=False)
    reason = Varchar(length=40, null=False, default="")
    note = Varchar(length=500, null=False, default="")
    received_at = Timestamptz(null=False, default=None)
    occurred_at = Timestamptz(null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)
    class_code = Varchar(length=80, null=False, default="")
    title = Varchar(length=200, null=False, default="")
    text = Text(null=False, default="")
    fold = Varchar(length=160, null=False, default="")
    incoming = JSONB(null=True, default=None)
    contact = Bytea(null=True, default=None)
    item_id = ForeignKey(Item, null=True, default=None, **_KEEP)
    place_id = ForeignKey(Place, null=True, default=None, **_KEEP)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    certainty = Varchar(length=8, null=False, default="")
    suggested = JSONB(null=True, default=None)
    is_automatic = Boolean(null=False, default=True)
    is_wrong = Boolean(null=False, default=False)
    decided_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    messages = Integer(null=False, default=1)
    version = Integer(null=False, default=1)


class IntakeMessage(Table, tablename="intake_message"):
    id = BigSerial(primary_key=True)
    record_id = ForeignKey(IntakeRecord, null=False, default=None, **_KEEP)
    body = Bytea(null=True, default=None)
    body_print = Bytea(null=False, default=None)
    received_at = Timestamptz(null=False, default=None)
    erase_at = Timestamptz(null=False, default=None)


class RecordReading(Table, tablename="record_reading"):
    id = BigSerial(primary_key=True)
    record_id = ForeignKey(IntakeRecord, null=False, default=None, **_KEEP)
    part = Varchar(length=7, null=False)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    read_at = Timestamptz(null=False, default=None)


TABLES = (IntakeRecord, IntakeMessage, RecordReading)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "records")
