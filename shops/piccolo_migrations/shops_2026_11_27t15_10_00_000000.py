"""Waste pickup: routes, slots, bookings, prices, filings and payments."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Text,
    Time,
    Timestamp,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Waste pickup for shops"
_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class RegisteredShop(Table, tablename="shop"):
    id = BigSerial(primary_key=True)


class PickupRoute(Table, tablename="pickup_route"):
    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, unique=True, default=None)
    name = Varchar(length=60, null=False, default=None)
    unit_id = ForeignKey(
        OrgUnit, null=False, default=None, **_STAYS
    )
    area_code = Varchar(length=12, null=False, default=None)
    vehicle = Varchar(length=20, null=False, default="")
    load_l = Integer(null=False, default=None)
    is_open = Boolean(null=False, default=True)


class PickupSchedule(Table, tablename="pickup_schedule"):
    id = BigSerial(primary_key=True)
    route_id = ForeignKey(PickupRoute, null=False, default=None, **_STAYS)
    kind = Varchar(length=10, null=False, default=None)
    weekdays = Array(base_column=SmallInt(), null=False, default=list)
    starts = Time(null=False, default=None)
    ends = Time(null=False, default=None)
    capacity = Integer(null=False, default=None)
    cutoff_min = Integer(null=False, default=60)
    from_on = Date(null=False, default=None)
    until_on = Date(null=True, default=None)


class PickupSlot(Table, tablename="pickup_slot"):
    id = BigSerial(primary_key=True)
    route_id = ForeignKey(PickupRoute, null=False, default=None, **_STAYS)
    kind = Varchar(length=10, null=False, default=None)
    starts_at = Timestamptz(null=False, default=None)
    ends_at = Timestamptz(null=False, default=None)
    cutoff_at = Timestamptz(null=False, default=None)
    capacity = Integer(null=False, default=None)
    booked = Integer(null=False, default=0)
    held = Integer(null=False, default=0)
    load_l = Integer(null=False, default=None)
    loaded_l = Integer(null=False, default=0)


class PickupHold(Table, tablename="pickup_hold"):
    id = BigSerial(primary_key=True)
    slot_id = ForeignKey(PickupSlot, null=False, default=None, **_STAYS)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    litres = Integer(null=False, default=None)
    until = Timestamptz(null=False, default=None)


class PickupPrice(Table, tablename="pickup_price"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default="")
    kind = Varchar(length=10, null=False, default=None)
    unit = Varchar(length=5, null=False, default=None)
    base_fen = Integer(null=False, default=None)
    over_fen = Integer(null=False, default=None)
    year_quota = Integer(null=True, default=None)
    from_on = Date(null=False, default=None)
    set_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    note = Varchar(length=300, null=False, default="")


class PickupQuota(Table, tablename="pickup_quota"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    kind = Varchar(length=10, null=False, default=None)
    unit = Varchar(length=5, null=False, default=None)
    year = SmallInt(null=False, default=None)
    base = Integer(null=False, default=None)
    set_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)


class PickupRecurrence(Table, tablename="pickup_recurrence"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    kind = Varchar(length=10, null=False, default=None)
    amount = Integer(null=False, default=None)
    unit = Varchar(length=5, null=False, default=None)
    rule = Varchar(length=200, null=False, default=None)
    zone = Varchar(length=40, null=False, default="Asia/Shanghai")
    starts_local = Timestamp(null=False, default=None)
    created_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)


class PickupOccurrence(Table, tablename="pickup_occurrence"):
    id = BigSerial(primary_key=True)
    recurrence_id = ForeignKey(PickupRecurrence, null=False, default=None, **_STAYS)
    on_date = Date(null=False, default=None)
    outcome = Varchar(length=8, null=False, default=None)
    dealt_at = Timestamptz(null=False, default=None)


class RenovationFiling(Table, tablename="renovation_filing"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    works = Varchar(length=300, null=False, default=None)
    amount = Integer(null=False, default=None)
    unit = Varchar(length=5, null=False, default="m3")
    from_on = Date(null=False, default=None)
    until_on = Date(null=False, default=None)
    commitment = Varchar(length=20, null=False, default=None)
    signed_at = Timestamptz(null=False, default=None)
    property_unit_id = ForeignKey(
        OrgUnit, null=True, default=None, **_STAYS
    )
    property_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    property_at = Timestamptz(null=True, default=None)
    committee_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    committee_at = Timestamptz(null=True, default=None)
    state = Varchar(length=8, null=False, default="filed")
    refused_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    reason = Varchar(length=300, null=False, default="")
    fee_fen = Integer(null=False, default=0)


class PickupBooking(Table, tablename="pickup_booking"):
    id = BigSerial(primary_key=True)
    number = Varchar(length=24, null=False, unique=True, default=None)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    slot_id = ForeignKey(PickupSlot, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    kind = Varchar(length=10, null=False, default=None)
    amount = Integer(null=False, default=None)
    unit = Varchar(length=5, null=False, default=None)
    litres = Integer(null=False, default=None)
    state = Varchar(length=9, null=False, default="booked")
    has_priority = Boolean(null=False, default=False)
    order_id = ForeignKey(Order, null=False, default=None, **_STAYS)
    replaces_id = ForeignKey("self", null=True, default=None, **_STAYS)
    recurrence_id = ForeignKey(PickupRecurrence, null=True, default=None, **_STAYS)
    filing_id = ForeignKey(RenovationFiling, null=True, default=None, **_STAYS)
    over = Integer(null=False, default=0)
    base_fen = Integer(null=False, default=0)
    over_fen = Integer(null=False, default=0)
    price_fen = Integer(null=False, default=0)
    booked_at = Timestamptz(null=False, default=None)
    arrived_at = Timestamptz(null=True, default=None)
    collected_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    reason = Text(null=False, default="")
    counted = Integer(null=True, default=None)
    weight_g = Integer(null=True, default=None)
    ticket = Varchar(length=40, null=False, default="")
    measured_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    measured_at = Timestamptz(null=True, default=None)
    idempotency_key = Varchar(length=80, null=True, default=None)


class PickupPayment(Table, tablename="pickup_payment"):
    id = BigSerial(primary_key=True)
    booking_id = ForeignKey(PickupBooking, null=True, default=None, **_STAYS)
    filing_id = ForeignKey(RenovationFiling, null=True, default=None, **_STAYS)
    amount_fen = Integer(null=False, default=None)
    provider = Varchar(length=8, null=False, default="offline")
    out_trade_no = Varchar(length=32, null=False, unique=True, default=None)
    state = Varchar(length=4, null=False, default="due")
    transaction_id = Varchar(length=64, null=True, default=None)
    paid_at = Timestamptz(null=True, default=None)
    confirmed_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    created_at = Timestamptz(null=False, default=None)
    terms = JSONB(null=False, default="{}")


class PaymentNotice(Table, tablename="payment_notice"):
    id = Varchar(length=64, primary_key=True, default=None)
    payment_id = ForeignKey(PickupPayment, null=True, default=None, **_STAYS)
    received_at = Timestamptz(null=False, default=None)


TABLES = (
    PickupRoute, PickupSchedule, PickupSlot, PickupHold, PickupPrice, PickupQuota, PickupRecurrence, PickupOccurrence, RenovationFiling, PickupBooking, PickupPayment, PaymentNotice,
)


async def forwards() -> MigrationManager:
    return tables_migration("shops", ID, DESCRIPTION, TABLES, Path(__file__).parent / "pickup")
