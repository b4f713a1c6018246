"""Cases of 12345 and 110: their clocks, formal acts, feedbacks, call-backs, and what their platforms are told."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T04:42:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Hotline cases"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class IntakeSource(Table, tablename="intake_source"):
    id = BigSerial(primary_key=True)


class IntakeRecord(Table, tablename="intake_record"):
    id = BigSerial(primary_key=True)


class HotlineTask(Table, tablename="hotline_task"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    task_no = Varchar(length=80, null=False)
    record_id = ForeignKey(IntakeRecord, null=True, default=None, **_KEEP)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    kind = Varchar(length=10, null=False)
    is_complex = Boolean(null=False, default=False)
    unit_name = Varchar(length=80, null=False, default="")
    received_at = Timestamptz(null=False, default=None)
    days = SmallInt(null=False, default=None)
    due_at = Timestamptz(null=False, default=None)
    is_due_given = Boolean(null=False, default=False)
    due_warn_at = Timestamptz(null=True, default=None)
    contact_by = Timestamptz(null=False, default=None)
    contact_warn_at = Timestamptz(null=True, default=None)
    contacted_at = Timestamptz(null=True, default=None)
    has_last_word = Boolean(null=False, default=True)
    agreed_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_as = Varchar(length=8, null=True, default=None)


class FirstContact(Table, tablename="hotline_contact"):
    id = BigSerial(primary_key=True)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    result = Varchar(length=9, null=False)
    tries = SmallInt(null=False, default=1)
    note = Text(null=False, default="")
    made_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    made_at = Timestamptz(null=False, default=None)
    client_key = Varchar(length=80, null=True, default=None)


class FormalAct(Table, tablename="hotline_act"):
    id = BigSerial(primary_key=True)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    kind = Varchar(length=9, null=False)
    code = Varchar(length=8, null=False)
    reason = Text(null=False)
    days = SmallInt(null=True, default=None)
    photo_ids = Array(base_column=UUID(), null=False, default=[])
    asked_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    asked_at = Timestamptz(null=False, default=None)
    decided_at = Timestamptz(null=True, default=None)
    is_granted = Boolean(null=True, default=None)
    opinion = Text(null=False, default="")


class Feedback(Table, tablename="hotline_feedback"):
    id = BigSerial(primary_key=True)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    serial = SmallInt(null=False, default=None)
    round_at = Timestamptz(null=True, default=None)
    is_solved = Boolean(null=False, default=True)
    words = Text(null=False)
    made_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    made_at = Timestamptz(null=False, default=None)
    client_key = Varchar(length=80, null=True, default=None)


class PlatformCallBack(Table, tablename="hotline_call_back"):
    id = BigSerial(primary_key=True)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    call_no = Varchar(length=80, null=False)
    called_at = Timestamptz(null=False, default=None)
    is_reached = Boolean(null=False, default=True)
    is_solved = Boolean(null=True, default=None)
    is_satisfied = Boolean(null=True, default=None)
    opinion = Text(null=False, default="")


class HotlineExchange(Table, tablename="hotline_exchange"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    exchange_no = Varchar(length=40, null=False, unique=True)
    body = JSONB(null=False, default=None)
    state = Varchar(length=7, null=False, default="queued")
    made_at = Timestamptz(null=False, default=None)
    tries = Integer(null=False, default=0)
    error = Varchar(length=200, null=False, default="")
    ended_at = Timestamptz(null=True, default=None)


class Endpoint(Table, tablename="hotline_endpoint"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, unique=True, **_KEEP)
    url = Varchar(length=300, null=False)
    wire = Varchar(length=20, null=False, default="grid")
    busy_until = Timestamptz(null=True, default=None)
    next_at = Timestamptz(null=True, default=None)
    failures = Integer(null=False, default=0)
    error = Varchar(length=200, null=False, default="")
    answered_at = Timestamptz(null=True, default=None)


TABLES = (HotlineTask, FirstContact, FormalAct, Feedback, PlatformCallBack, HotlineExchange, Endpoint)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "hotline")
