"""The tables of orders as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    DoublePrecision,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from backend.geo.columns import Geography
from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)
    number = Varchar(length=24, unique=True)
    state = Varchar(length=12)
    version = Integer(default=1)
    changed_version = Integer(default=1)
    item_id = ForeignKey(Item, on_delete=OnDelete.restrict, null=False)
    priority = Varchar(length=2)
    place_id = ForeignKey(Place, on_delete=OnDelete.restrict)
    area_code = Varchar(length=12)
    grid_code = Varchar(length=15)
    loc = Geography()
    description = Text()
    source_kind = Varchar(length=16)
    opened_by_id = ForeignKey(Account, on_delete=OnDelete.restrict)
    unit_id = ForeignKey(OrgUnit, on_delete=OnDelete.restrict)
    handler_id = ForeignKey(Account, on_delete=OnDelete.restrict)
    opened_at = Timestamptz(default=None)
    respond_by = Timestamptz(default=None)
    resolve_by = Timestamptz(default=None)
    arrive_by = Timestamptz(default=None, null=True)
    safe_by = Timestamptz(default=None, null=True)
    verify_by = Timestamptz(default=None, null=True)
    clock_from = Timestamptz(default=None, null=True)
    dispatched_at = Timestamptz(default=None, null=True)
    ladder_at = Timestamptz(default=None, null=True)
    accepted_at = Timestamptz(default=None, null=True)
    arrived_at = Timestamptz(default=None, null=True)
    finished_at = Timestamptz(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    made_safe_at = Timestamptz(default=None, null=True)
    cancelled_at = Timestamptz(default=None, null=True)
    rework_count = Integer()
    hop_count = Integer()
    reopen_count = Integer()
    supervisor_id = ForeignKey(Account, on_delete=OnDelete.restrict)
    parent_id = ForeignKey("self", on_delete=OnDelete.restrict, index=True)
    merged_into_id = ForeignKey("self", on_delete=OnDelete.restrict)
    root_cause_of = Varchar(length=6, default=None, null=True)
    rating = Integer(default=None, null=True)


class OrderStep(Table, tablename="order_step"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False)
    move = Varchar(length=16)
    from_state = Varchar(length=12, default=None, null=True)
    to_state = Varchar(length=12)
    actor_id = ForeignKey(Account, on_delete=OnDelete.restrict)
    actor_role = Varchar(length=16)
    at = Timestamptz(default=None)
    captured_at = Timestamptz(default=None, null=True)
    point = Geography(null=True)
    accuracy_m = DoublePrecision(default=None, null=True)
    datum = Varchar(length=6, default=None, null=True)
    note = Text()
    detail = JSONB()
    idempotency_key = Varchar(length=80, default=None, null=True)
    key_print = Varchar(length=32, default=None, null=True)


class CheckIn(Table, tablename="check_in"):
    id = BigSerial(primary_key=True)
    step_id = ForeignKey(OrderStep, on_delete=OnDelete.restrict, null=False, unique=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False, index=True)
    account_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    method = Varchar(length=8)
    distance_m = DoublePrecision(default=None, null=True)
    accuracy_m = DoublePrecision(default=None, null=True)
    radius_m = Integer()
    qr_code = Varchar(length=12, default=None, null=True)
    grade = Varchar(length=8, default=None, null=True)
    doubts = Array(base_column=Varchar(length=16), default=[])
    appeal_reason = Text(default=None, null=True)
    raw_lng = DoublePrecision(default=None, null=True)
    raw_lat = DoublePrecision(default=None, null=True)
    raw_datum = Varchar(length=5, default=None, null=True)
    source = Varchar(length=8, default=None, null=True)
    age_s = DoublePrecision(default=None, null=True)
    is_mock = Boolean(default=None, null=True)
    fixed_at = Timestamptz(default=None, null=True)


class OrderRequest(Table, tablename="order_request"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=12)
    minutes = Integer(default=None, null=True)
    reason = Text()
    asked_by_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    asked_at = Timestamptz(default=None)
    decided_by_id = ForeignKey(Account, on_delete=OnDelete.restrict)
    decided_at = Timestamptz(default=None, null=True)
    is_granted = Boolean(default=None, null=True)


class FollowUp(Table, tablename="follow_up"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False, unique=True)
    listed_at = Timestamptz(default=None)
    result = Varchar(length=16, default=None, null=True)
    note = Text()
    called_by_id = ForeignKey(Account, on_delete=OnDelete.restrict)
    called_at = Timestamptz(default=None, null=True)


class OrderFollower(Table, tablename="order_follower"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False)
    account_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    origin_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False)
    since = Timestamptz(default=None)


class OrderVerdict(Table, tablename="order_verdict"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False)
    account_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    round = Integer()
    kind = Varchar(length=8)
    score = Integer(default=None, null=True)
    step_id = ForeignKey(OrderStep, on_delete=OnDelete.restrict, null=False, unique=True)


class OrderPause(Table, tablename="order_pause"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=12)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None, null=True)
    minutes = Integer(default=None, null=True)
    granted_by_id = ForeignKey(Account, on_delete=OnDelete.restrict)
    reason = Text()


class SlaPolicy(Table, tablename="sla_policy"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15)
    item_id = ForeignKey(Item, on_delete=OnDelete.restrict, null=False)
    respond_min = Integer(default=None, null=True)
    arrive_min = Integer(default=None, null=True)
    safe_min = Integer(default=None, null=True)
    resolve_min = Integer(default=None, null=True)
    verify_min = Integer(default=None, null=True)


class EscalationLevelRow(Table, tablename="escalation_rung"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15)
    item_prefix = Varchar(length=8)
    priorities = Array(base_column=Varchar(length=2))
    stage = Varchar(length=8)
    at_percent = Integer()
    who = Varchar(length=12)
    door = Varchar(length=12, default="inbox")
    quiet = Varchar(length=8, default="urgent")
    is_active = Boolean(default=True)


class Escalation(Table, tablename="escalation"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False)
    rung_id = ForeignKey(EscalationLevelRow, on_delete=OnDelete.restrict, null=False)
    stage = Varchar(length=8)
    round_at = Timestamptz(default=None)
    due_at = Timestamptz(default=None)
    rung_at = Timestamptz(default=None)


TABLES = (
    Order,
    OrderStep,
    CheckIn,
    OrderRequest,
    FollowUp,
    OrderFollower,
    OrderVerdict,
    OrderPause,
    SlaPolicy,
    EscalationLevelRow,
    Escalation,
)


async def forwards() -> MigrationManager:
    return first_migration("orders", ID, TABLES, Path(__file__).parent / "first")
