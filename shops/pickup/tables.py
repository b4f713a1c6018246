"""Waste pickup as Piccolo sees it. Money is in fen; checks and partial indexes stand in the migrations."""

from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    LazyTableReference,
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

_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}
NAME_CHARS, WORDS_CHARS = 60, 300


def _account(*, null: bool = True) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_STAYS)


def _shop() -> ForeignKey:
    return ForeignKey(LazyTableReference("RegisteredShop", app_name="shops"), null=False, default=None, **_STAYS)


class PickupRoute(Table, tablename="pickup_route"):
    """清运线路. A vehicle of a hauler that serves the shops of an area. `code`: by which a loader finds it again."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, unique=True, default=None)
    name = Varchar(length=NAME_CHARS, null=False, default=None)
    unit_id = ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=False, default=None, **_STAYS)
    area_code = Varchar(length=12, null=False, default=None)
    vehicle = Varchar(length=20, null=False, default="")
    load_l = Integer(null=False, default=None)
    is_open = Boolean(null=False, default=True)


class PickupSchedule(Table, tablename="pickup_schedule"):
    """排期. On which days of the week (1 Monday to 7) a route has a slot, at which local times, with how many places.

    `cutoff_min`: until so many minutes before its start it is booked, changed and cancelled.
    """

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
    """时段. `capacity` places and `load_l` litres, of which `booked`, `held` and `loaded_l` are taken.

    `loaded_l` counts bookings and holds. The numbers are changed with the rows that they count, in one transaction.
    """

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
    """占位. A place kept for somebody who decides, until an instant; each person has one for each shop."""

    id = BigSerial(primary_key=True)
    slot_id = ForeignKey(PickupSlot, null=False, default=None, **_STAYS)
    shop_id = _shop()
    account_id = _account(null=False)
    litres = Integer(null=False, default=None)
    until = Timestamptz(null=False, default=None)


class PickupPrice(Table, tablename="pickup_price"):
    """价格. Of one unit within an area (a prefix; empty: everywhere) from a day on, within and beyond the base quota.

    `year_quota`: the base of a shop that has none of its own; empty: all is within.
    """

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default="")
    kind = Varchar(length=10, null=False, default=None)
    unit = Varchar(length=5, null=False, default=None)
    base_fen = Integer(null=False, default=None)
    over_fen = Integer(null=False, default=None)
    year_quota = Integer(null=True, default=None)
    from_on = Date(null=False, default=None)
    set_by_id = _account()
    note = Varchar(length=WORDS_CHARS, null=False, default="")


class PickupQuota(Table, tablename="pickup_quota"):
    """基数. How many units of a kind a shop has at the base price in a year of Shanghai."""

    id = BigSerial(primary_key=True)
    shop_id = _shop()
    kind = Varchar(length=10, null=False, default=None)
    unit = Varchar(length=5, null=False, default=None)
    year = SmallInt(null=False, default=None)
    base = Integer(null=False, default=None)
    set_by_id = _account()


class PickupRecurrence(Table, tablename="pickup_recurrence"):
    """周期预约. `rule`: an RRULE as text; it begins at `starts_local`, a wall clock time in `zone`."""

    id = BigSerial(primary_key=True)
    shop_id = _shop()
    account_id = _account(null=False)
    kind = Varchar(length=10, null=False, default=None)
    amount = Integer(null=False, default=None)
    unit = Varchar(length=5, null=False, default=None)
    rule = Varchar(length=200, null=False, default=None)
    zone = Varchar(length=40, null=False, default="Asia/Shanghai")
    starts_local = Timestamp(null=False, default=None)
    created_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)


class PickupOccurrence(Table, tablename="pickup_occurrence"):
    """One day of a recurrence that was dealt with: once, whether a slot was found or not."""

    id = BigSerial(primary_key=True)
    recurrence_id = ForeignKey(PickupRecurrence, null=False, default=None, **_STAYS)
    on_date = Date(null=False, default=None)
    outcome = Varchar(length=8, null=False, default=None)
    dealt_at = Timestamptz(null=False, default=None)


class RenovationFiling(Table, tablename="renovation_filing"):
    """双报备. What is built, how much waste is expected, the commitment that was signed, and who has agreed."""

    id = BigSerial(primary_key=True)
    shop_id = _shop()
    account_id = _account(null=False)
    works = Varchar(length=WORDS_CHARS, null=False, default=None)
    amount = Integer(null=False, default=None)
    unit = Varchar(length=5, null=False, default="m3")
    from_on = Date(null=False, default=None)
    until_on = Date(null=False, default=None)
    commitment = Varchar(length=20, null=False, default=None)
    signed_at = Timestamptz(null=False, default=None)
    property_unit_id = ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=True, default=None, **_STAYS)
    property_by_id = _account()
    property_at = Timestamptz(null=True, default=None)
    committee_by_id = _account()
    committee_at = Timestamptz(null=True, default=None)
    state = Varchar(length=8, null=False, default="filed")
    refused_by_id = _account()
    reason = Varchar(length=WORDS_CHARS, null=False, default="")
    fee_fen = Integer(null=False, default=0)
    ended_at = Timestamptz(null=True, default=None)
    ended_by_id = _account()


class PickupBooking(Table, tablename="pickup_booking"):
    """预约. `amount` as booked, `counted` as found on the spot; `price_fen` follows what was counted.

    `replaces_id`: the booking that was changed or missed, in whose place this one stands. `refusal`: why a crew took
    nothing.
    """

    id = BigSerial(primary_key=True)
    number = Varchar(length=24, null=False, unique=True, default=None)
    shop_id = _shop()
    slot_id = ForeignKey(PickupSlot, null=False, default=None, **_STAYS)
    account_id = _account(null=False)
    kind = Varchar(length=10, null=False, default=None)
    amount = Integer(null=False, default=None)
    unit = Varchar(length=5, null=False, default=None)
    litres = Integer(null=False, default=None)
    state = Varchar(length=9, null=False, default="booked")
    has_priority = Boolean(null=False, default=False)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=False, default=None, **_STAYS)
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
    ended_by_id = _account()
    reason = Text(null=False, default="")
    refusal = Varchar(length=12, null=True, default=None)
    counted = Integer(null=True, default=None)
    weight_g = Integer(null=True, default=None)
    ticket = Varchar(length=40, null=False, default="")
    measured_by_id = _account()
    measured_at = Timestamptz(null=True, default=None)
    idempotency_key = Varchar(length=80, null=True, default=None)


class PickupPayment(Table, tablename="pickup_payment"):
    """付款. Of one booking or one filing. `out_trade_no`: what we call it at the provider.

    `refund_fen`: how much of what was paid goes back; it was returned at `refunded_at`.
    """

    id = BigSerial(primary_key=True)
    booking_id = ForeignKey(PickupBooking, null=True, default=None, **_STAYS)
    filing_id = ForeignKey(RenovationFiling, null=True, default=None, **_STAYS)
    amount_fen = Integer(null=False, default=None)
    provider = Varchar(length=8, null=False, default="offline")
    out_trade_no = Varchar(length=32, null=False, unique=True, default=None)
    state = Varchar(length=4, null=False, default="due")
    transaction_id = Varchar(length=64, null=True, default=None)
    paid_at = Timestamptz(null=True, default=None)
    confirmed_by_id = _account()
    created_at = Timestamptz(null=False, default=None)
    terms = JSONB(null=False, default="{}")
    refund_fen = Integer(null=False, default=0)
    refunded_at = Timestamptz(null=True, default=None)
    refunded_by_id = _account()
    refund_receipt = Varchar(length=60, null=False, default="")


class PaymentNotice(Table, tablename="payment_notice"):
    """A notice of a provider that was taken: the same one again changes nothing."""

    id = Varchar(length=64, primary_key=True, default=None)
    payment_id = ForeignKey(PickupPayment, null=True, default=None, **_STAYS)
    received_at = Timestamptz(null=False, default=None)
