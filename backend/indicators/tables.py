"""The tables of indicators, nothing else. Constraints that Piccolo cannot say stand in the migrations."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Date,
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


class MeasureColumns:
    """One column for each of `measures.MEASURES`; null is nought, and takes no space."""

    opened = Integer(null=True, default=None)
    reported = Integer(null=True, default=None)
    filed = Integer(null=True, default=None)
    rejected = Integer(null=True, default=None)
    merged = Integer(null=True, default=None)
    without_place = Integer(null=True, default=None)
    found_by_inspector = Integer(null=True, default=None)
    found_by_resident = Integer(null=True, default=None)
    found_by_device = Integer(null=True, default=None)
    found_by_platform = Integer(null=True, default=None)
    sub_orders = Integer(null=True, default=None)
    root_causes = Integer(null=True, default=None)
    dispatched = Integer(null=True, default=None)
    returned_once = Integer(null=True, default=None)
    returned_twice = Integer(null=True, default=None)
    grabbed = Integer(null=True, default=None)
    respond_due = Integer(null=True, default=None)
    accepted_in_time = Integer(null=True, default=None)
    accepted = Integer(null=True, default=None)
    accept_minutes = Integer(null=True, default=None)
    arrive_due = Integer(null=True, default=None)
    arrived_in_time = Integer(null=True, default=None)
    arrived = Integer(null=True, default=None)
    arrive_minutes = Integer(null=True, default=None)
    due = Integer(null=True, default=None)
    done_in_time = Integer(null=True, default=None)
    suspended_due = Integer(null=True, default=None)
    done = Integer(null=True, default=None)
    done_late = Integer(null=True, default=None)
    handling_minutes = Integer(null=True, default=None)
    done_in_1h = Integer(null=True, default=None)
    done_in_4h = Integer(null=True, default=None)
    done_in_24h = Integer(null=True, default=None)
    closed = Integer(null=True, default=None)
    closed_on_time = Integer(null=True, default=None)
    closed_reworked = Integer(null=True, default=None)
    closed_reopened = Integer(null=True, default=None)
    closing_minutes = Integer(null=True, default=None)
    rated = Integer(null=True, default=None)
    satisfied = Integer(null=True, default=None)
    unsatisfied = Integer(null=True, default=None)
    rating_sum = Integer(null=True, default=None)
    cancelled = Integer(null=True, default=None)
    call_listed = Integer(null=True, default=None)
    called = Integer(null=True, default=None)
    call_satisfied = Integer(null=True, default=None)
    call_unsatisfied = Integer(null=True, default=None)
    call_missed = Integer(null=True, default=None)
    returns = Integer(null=True, default=None)
    reworks = Integer(null=True, default=None)
    passes = Integer(null=True, default=None)
    auto_passes = Integer(null=True, default=None)
    confirmations = Integer(null=True, default=None)
    self_handled = Integer(null=True, default=None)
    extension_requests = Integer(null=True, default=None)
    extensions_granted = Integer(null=True, default=None)
    suspension_requests = Integer(null=True, default=None)
    suspensions_granted = Integer(null=True, default=None)
    refusals = Integer(null=True, default=None)
    reopenings = Integer(null=True, default=None)
    objections = Integer(null=True, default=None)
    joins = Integer(null=True, default=None)
    urges = Integer(null=True, default=None)
    supervisions = Integer(null=True, default=None)
    passed_on = Integer(null=True, default=None)
    reassignments = Integer(null=True, default=None)
    hotline_cases = Integer(null=True, default=None)
    hotline_contacted = Integer(null=True, default=None)
    hotline_due = Integer(null=True, default=None)
    hotline_done_in_time = Integer(null=True, default=None)
    hotline_called_back = Integer(null=True, default=None)
    hotline_solved = Integer(null=True, default=None)
    hotline_judged = Integer(null=True, default=None)
    hotline_satisfied = Integer(null=True, default=None)


class OrderContribution(MeasureColumns, Table, tablename="order_contribution"):
    """What an order adds to the measures on a day of Shanghai, under the unit and person who answer for it.

    No foreign key leads to the order: its check would lock the order's row, and so wait for a verb and hold one up.
    """

    id = BigSerial(primary_key=True)
    order_id = BigInt(null=False, default=None)
    day = Date(null=False, default=None)
    area_code = Varchar(length=12, null=False, default=None)
    unit_id = BigInt(null=True, default=None)
    person_id = BigInt(null=True, default=None)
    item_code = Varchar(length=8, null=False, default=None)
    source_kind = Varchar(length=16, null=False, default=None)
    priority = Varchar(length=2, null=False, default=None)
    road = Varchar(length=100, null=False, default="")


class IndicatorMonth(MeasureColumns, Table, tablename="indicator_month"):
    """The sums of contributions of a month, by area, item, source and priority. `month`: its first day."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    month = Date(null=False, default=None)
    item_code = Varchar(length=8, null=False, default=None)
    source_kind = Varchar(length=16, null=False, default=None)
    priority = Varchar(length=2, null=False, default=None)


class TouchedOrder(Table, tablename="indicator_touched"):
    """An order that changed and is to be counted anew. Added to without looking: noted twice it is counted once."""

    id = BigSerial(primary_key=True)
    order_id = BigInt(null=False, default=None)


class CountDifference(Table, tablename="indicator_difference"):
    """What a recount found to be otherwise than counted, and mended: an order, or the months of an area."""

    id = BigSerial(primary_key=True)
    found_at = Timestamptz(null=False, default=None)
    kind = Varchar(length=5, null=False, default=None)
    order_id = BigInt(null=True, default=None)
    area_code = Varchar(length=12, null=False, default="")
    rows = Integer(null=False, default=None)


class CountRun(Table, tablename="indicator_recount"):
    """A full recount: how far it came, and what it found."""

    id = BigSerial(primary_key=True)
    started_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)
    orders = BigInt(null=False, default=0)
    order_differences = BigInt(null=False, default=0)
    month_differences = BigInt(null=False, default=0)


class TownIndicator(Table, tablename="town_indicator"):
    """A version of an indicator that a town made. The latest counts, unless it was retired; others stay readable."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None)
    version = SmallInt(null=False, default=None)
    area_code = Varchar(length=12, null=False, default=None)
    name_zh = Varchar(length=60, null=False, default=None)
    name_en = Varchar(length=120, null=False, default=None)
    numerator = Text(null=False, default=None)
    denominator = Text(null=False, default="")
    unit = Varchar(length=7, null=False, default=None)
    direction = Varchar(length=7, null=False, default=None)
    exclusions = Varchar(length=300, null=False, default="")
    source = Varchar(length=200, null=False, default="")
    made_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=False, default=None, **_KEEP)
    made_at = Timestamptz(null=False, default=None)
    retired_at = Timestamptz(null=True, default=None)
    retired_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
