"""Plans, emergencies with their levels, command groups, the situation log, broadcasts and receipts."""

from pathlib import Path

from piccolo.columns import (
    JSONB,
    Array,
    BigInt,
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

from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-28T07:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Emergencies"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class EmergencyStretch(Table, tablename="emergency_stretch"):
    id = BigSerial(primary_key=True)


def _account(*, null: bool = False) -> ForeignKey:
    return ForeignKey(Account, null=null, default=None, **_KEEP)


def _unit() -> ForeignKey:
    return ForeignKey(OrgUnit, null=True, default=None, **_KEEP)


class EmergencyPlan(Table, tablename="emergency_plan"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=9, null=False, default="")
    code = Varchar(length=40, null=False, default=None)
    kind = Varchar(length=8, null=False, default=None)
    name_zh = Varchar(length=60, null=False, default=None)
    name_en = Varchar(length=60, null=False, default="")
    clocks = JSONB(null=False, default="[]")
    roster = Varchar(length=20, null=False, default="")
    campaigns = Array(base_column=Varchar(length=40), null=False, default=list)
    warn_after_hours = SmallInt(null=False, default=24)
    is_on = Boolean(null=False, default=True)
    set_at = Timestamptz(null=False, default=None)


class Emergency(Table, tablename="emergency"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    kind = Varchar(length=8, null=False, default=None)
    level = SmallInt(null=False, default=None)
    plan_id = ForeignKey(EmergencyPlan, null=True, default=None, **_KEEP)
    reason = Text(null=False, default=None)
    begun_by_id = _account()
    begun_at = Timestamptz(null=False, default=None)
    ended_by_id = _account(null=True)
    ended_at = Timestamptz(null=True, default=None)
    end_reason = Text(null=False, default="")
    warned_at = Timestamptz(null=True, default=None)


class EmergencyLevel(Table, tablename="emergency_level"):
    id = BigSerial(primary_key=True)
    emergency_id = ForeignKey(Emergency, null=False, default=None, **_KEEP)
    stretch_id = ForeignKey(
        EmergencyStretch, null=False, default=None, unique=True, **_KEEP
    )
    level = SmallInt(null=False, default=None)
    reason = Text(null=False, default=None)
    set_by_id = _account()
    set_at = Timestamptz(null=False, default=None)


class CommandGroup(Table, tablename="command_group"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    code = Varchar(length=40, null=False, default=None)
    name_zh = Varchar(length=60, null=False, default=None)
    name_en = Varchar(length=60, null=False, default="")
    is_on = Boolean(null=False, default=True)


class CommandMember(Table, tablename="command_member"):
    id = BigSerial(primary_key=True)
    group_id = ForeignKey(CommandGroup, null=False, default=None, **_KEEP)
    part = Varchar(length=9, null=False, default="member")
    account_id = _account(null=True)
    role = Varchar(length=20, null=True, default=None)
    unit_id = _unit()


class SituationEntry(Table, tablename="situation_entry"):
    id = BigSerial(primary_key=True)
    emergency_id = ForeignKey(Emergency, null=False, default=None, **_KEEP)
    kind = Varchar(length=9, null=False, default="note")
    text = Text(null=False, default="")
    place = Varchar(length=120, null=False, default="")
    happened_at = Timestamptz(null=False, default=None)
    entered_at = Timestamptz(null=False, default=None)
    entered_by_id = _account(null=True)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)


class Broadcast(Table, tablename="broadcast"):
    id = BigSerial(primary_key=True)
    emergency_id = ForeignKey(Emergency, null=False, default=None, **_KEEP)
    group_id = ForeignKey(CommandGroup, null=True, default=None, **_KEEP)
    entry_id = ForeignKey(SituationEntry, null=False, default=None, unique=True, **_KEEP)
    text = Text(null=False, default=None)
    answer_kind = Varchar(length=6, null=False, default=None)
    choices = Array(base_column=Varchar(length=20), null=False, default=list)
    answer_by = Timestamptz(null=False, default=None)
    commander_id = _account()
    deputy_id = _account(null=True)
    sent_by_id = _account()
    sent_at = Timestamptz(null=False, default=None)
    event_id = BigInt(null=True, default=None)
    idempotency_key = Varchar(length=80, null=True, default=None)


class BroadcastReceipt(Table, tablename="broadcast_receipt"):
    id = BigSerial(primary_key=True)
    broadcast_id = ForeignKey(Broadcast, null=False, default=None, **_KEEP)
    account_id = _account()
    seen_at = Timestamptz(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    choice = Integer(null=True, default=None)
    answer = Text(null=False, default="")


class ReceiptStep(Table, tablename="receipt_step"):
    id = BigSerial(primary_key=True)
    receipt_id = ForeignKey(BroadcastReceipt, null=False, default=None, **_KEEP)
    step = Varchar(length=6, null=False, default=None)
    at = Timestamptz(null=False, default=None)


class SilentNumberOpening(Table, tablename="silent_number_opening"):
    id = BigSerial(primary_key=True)
    receipt_id = ForeignKey(BroadcastReceipt, null=False, default=None, **_KEEP)
    opened_by_id = _account()
    opened_at = Timestamptz(null=False, default=None)


TABLES = (
    EmergencyPlan,
    Emergency,
    EmergencyLevel,
    CommandGroup,
    CommandMember,
    SituationEntry,
    Broadcast,
    BroadcastReceipt,
    ReceiptStep,
    SilentNumberOpening,
)


async def forwards() -> FirstMigration:
    return tables_migration("emergencies", ID, DESCRIPTION, TABLES, Path(__file__).parent / "first")
