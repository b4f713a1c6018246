"""Emergencies and all that is said while they are on. Checks, and what is append-only, stand in the migrations."""

from piccolo.columns import (
    JSONB,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    LazyTableReference,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool = False) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_KEEP)


def _unit() -> ForeignKey:
    return ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=True, default=None, **_KEEP)


class EmergencyPlan(Table, tablename="emergency_plan"):
    """预案: what is prepared for an emergency of one kind: limits, the duty list, campaigns to start."""

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
    """应急状态 of one area, from a person's word to another's, by its plan as that was when it began."""

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
    plan_zh = Varchar(length=60, null=False, default="")
    plan_en = Varchar(length=60, null=False, default="")
    warn_after_hours = SmallInt(null=False, default=24)


class EmergencyLevel(Table, tablename="emergency_level"):
    """A level of an emergency: the stretch of the calendar that it is, who said so and why. Append-only."""

    id = BigSerial(primary_key=True)
    emergency_id = ForeignKey(Emergency, null=False, default=None, **_KEEP)
    stretch_id = ForeignKey(
        LazyTableReference("EmergencyStretch", app_name="calendars"), null=False, default=None, unique=True, **_KEEP
    )
    level = SmallInt(null=False, default=None)
    reason = Text(null=False, default=None)
    set_by_id = _account()
    set_at = Timestamptz(null=False, default=None)


class CommandGroup(Table, tablename="command_group"):
    """指挥组 of an area."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    code = Varchar(length=40, null=False, default=None)
    name_zh = Varchar(length=60, null=False, default=None)
    name_en = Varchar(length=60, null=False, default="")
    is_on = Boolean(null=False, default=True)


class CommandMember(Table, tablename="command_member"):
    """Of a group: a person, everybody with a role in its area, or everybody of a unit."""

    id = BigSerial(primary_key=True)
    group_id = ForeignKey(CommandGroup, null=False, default=None, **_KEEP)
    part = Varchar(length=9, null=False, default="member")
    account_id = _account(null=True)
    role = Varchar(length=20, null=True, default=None)
    unit_id = _unit()


class PreparationChange(Table, tablename="preparation_change"):
    """What somebody made of a plan or a group; by nobody where a file was loaded. Append-only."""

    id = BigSerial(primary_key=True)
    plan_id = ForeignKey(EmergencyPlan, null=True, default=None, **_KEEP)
    group_id = ForeignKey(CommandGroup, null=True, default=None, **_KEEP)
    content = JSONB(null=False, default=None)
    changed_by_id = _account(null=True)
    changed_at = Timestamptz(null=False, default=None)


class SituationEntry(Table, tablename="situation_entry"):
    """情况记录. Append-only: the database refuses to change or delete an entry."""

    id = BigSerial(primary_key=True)
    emergency_id = ForeignKey(Emergency, null=False, default=None, **_KEEP)
    kind = Varchar(length=9, null=False, default="note")
    text = Text(null=False, default="")
    place = Varchar(length=120, null=False, default="")
    happened_at = Timestamptz(null=False, default=None)
    entered_at = Timestamptz(null=False, default=None)
    entered_by_id = _account(null=True)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)
    source_key = Varchar(length=60, null=True, default=None)
    """What it is from, where something else than a person or an order says it: once each."""


class Broadcast(Table, tablename="broadcast"):
    """通报: one text to a group or to everybody on duty, with an answer that is due."""

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
    """回执 of one person: when they saw it, when they answered, and what."""

    id = BigSerial(primary_key=True)
    broadcast_id = ForeignKey(Broadcast, null=False, default=None, **_KEEP)
    account_id = _account()
    seen_at = Timestamptz(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    choice = Integer(null=True, default=None)
    answer = Text(null=False, default="")


class ReceiptStep(Table, tablename="receipt_step"):
    """A step up the ladder for somebody who stays silent: each once."""

    id = BigSerial(primary_key=True)
    receipt_id = ForeignKey(BroadcastReceipt, null=False, default=None, **_KEEP)
    step = Varchar(length=6, null=False, default=None)
    at = Timestamptz(null=False, default=None)


class SilentNumberOpening(Table, tablename="silent_number_opening"):
    """Who opened the telephone number of somebody who stays silent, and when. Append-only."""

    id = BigSerial(primary_key=True)
    receipt_id = ForeignKey(BroadcastReceipt, null=False, default=None, **_KEEP)
    opened_by_id = _account()
    opened_at = Timestamptz(null=False, default=None)
