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

from backend.indicators.measures import ACTIVITY_CODES, MEASURES, OF_ORDERS

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class OrderMeasured:
    """One column for each measure of orders; null is nought, and takes no space."""

    locals().update({measure.code: Integer(null=True, default=None) for measure in OF_ORDERS})


class ActivityMeasured:
    """The same for each measure of patrols, inspections and findings."""

    locals().update({code: Integer(null=True, default=None) for code in ACTIVITY_CODES})


class SummedMeasures:
    """One column for each of `measures.MEASURES`. Minutes of many orders are more than four bytes hold."""

    locals().update(
        {measure.code: (BigInt if measure.is_minutes else Integer)(null=True, default=None) for measure in MEASURES}
    )


class OrderContribution(OrderMeasured, Table, tablename="order_contribution"):
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


class IndicatorMonth(SummedMeasures, Table, tablename="indicator_month"):
    """The sums of contributions of a month, by area, item, source and priority. `month`: its first day."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    month = Date(null=False, default=None)
    item_code = Varchar(length=8, null=False, default=None)
    source_kind = Varchar(length=16, null=False, default=None)
    priority = Varchar(length=2, null=False, default=None)


class ActivityContribution(ActivityMeasured, Table, tablename="activity_contribution"):
    """What a patrol, an inspection or a finding adds to the measures on a day. `kind`: see measures.ActivityKind.

    No foreign key leads to its subject, as with orders.
    """

    id = BigSerial(primary_key=True)
    kind = Varchar(length=10, null=False, default=None)
    subject_id = BigInt(null=False, default=None)
    day = Date(null=False, default=None)
    area_code = Varchar(length=12, null=False, default=None)
    unit_id = BigInt(null=True, default=None)
    person_id = BigInt(null=True, default=None)
    item_code = Varchar(length=8, null=False, default="")
    source_kind = Varchar(length=16, null=False, default="")
    priority = Varchar(length=2, null=False, default="")
    road = Varchar(length=100, null=False, default="")


class IndicatorMarginal(SummedMeasures, Table, tablename="indicator_marginal"):
    """The sums of a day, pentad or month (`span`, from `first_day` on) of an area, along one dimension at a time.

    `dimension`: all together (empty), item1 and item2 (items by so many characters), priority or source; of a day all
    together alone.
    """

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    span = Varchar(length=6, null=False, default=None)
    dimension = Varchar(length=8, null=False, default="")
    first_day = Date(null=False, default=None)
    value = Varchar(length=16, null=False, default="")


class IndicatorSpread(Table, tablename="indicator_spread"):
    """How many cases of a month took so long: a bucket of measures/percentiles.py, along one dimension at a time."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    dimension = Varchar(length=8, null=False, default="")
    month = Date(null=False, default=None)
    value = Varchar(length=16, null=False, default="")
    duration = Varchar(length=8, null=False, default=None)
    bucket = SmallInt(null=False, default=None)
    cases = Integer(null=False, default=0)


class TouchedOrder(Table, tablename="indicator_touched"):
    """An order that changed and is to be counted anew. Added to without looking: noted twice it is counted once."""

    id = BigSerial(primary_key=True)
    order_id = BigInt(null=False, default=None)


class TouchedActivity(Table, tablename="activity_touched"):
    """The same of a patrol, an inspection or a finding."""

    id = BigSerial(primary_key=True)
    kind = Varchar(length=10, null=False, default=None)
    subject_id = BigInt(null=False, default=None)


class CountDifference(Table, tablename="indicator_difference"):
    """What a recount found to be otherwise than counted, and mended: an order, an activity, or the sums of an area."""

    id = BigSerial(primary_key=True)
    found_at = Timestamptz(null=False, default=None)
    kind = Varchar(length=10, null=False, default=None)
    order_id = BigInt(null=True, default=None)
    subject_id = BigInt(null=True, default=None)
    area_code = Varchar(length=12, null=False, default="")
    rows = Integer(null=False, default=None)


class CountRun(Table, tablename="indicator_recount"):
    """A full recount: how far it came, and what it found. `measures`: what was counted, in short (recount.py)."""

    id = BigSerial(primary_key=True)
    started_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)
    orders = BigInt(null=False, default=0)
    order_differences = BigInt(null=False, default=0)
    month_differences = BigInt(null=False, default=0)
    activities = BigInt(null=False, default=0)
    activity_differences = BigInt(null=False, default=0)
    measures = Varchar(length=16, null=False, default="")


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
