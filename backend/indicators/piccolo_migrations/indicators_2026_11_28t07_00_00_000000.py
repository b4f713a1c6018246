"""What orders add to the measures, their sums by month, and the indicators that towns make of them."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, Date, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indicators"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}
MEASURES = (
    "opened", "reported", "filed", "rejected", "merged", "without_place", "found_by_inspector",
    "found_by_resident", "found_by_device", "found_by_platform", "sub_orders", "root_causes", "dispatched",
    "returned_once", "returned_twice", "grabbed", "respond_due", "accepted_in_time", "accepted",
    "accept_minutes", "arrive_due", "arrived_in_time", "arrived", "arrive_minutes", "due", "done_in_time",
    "suspended_due", "done", "done_late", "handling_minutes", "done_in_1h", "done_in_4h", "done_in_24h",
    "closed", "closed_on_time", "closed_reworked", "closed_reopened", "closing_minutes", "rated", "satisfied",
    "unsatisfied", "rating_sum", "cancelled", "call_listed", "called", "call_satisfied", "call_unsatisfied",
    "call_missed", "returns", "reworks", "passes", "auto_passes", "confirmations", "self_handled",
    "extension_requests", "extensions_granted", "suspension_requests", "suspensions_granted", "refusals",
    "reopenings", "objections", "joins", "urges", "supervisions", "passed_on", "reassignments",
    "hotline_cases", "hotline_contacted", "hotline_due", "hotline_done_in_time", "hotline_called_back",
    "hotline_solved", "hotline_judged", "hotline_satisfied",
)


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Measured:
    for _measure in MEASURES:
        locals()[_measure] = Integer(null=True, default=None)
    del _measure


class OrderContribution(Measured, Table, tablename="order_contribution"):
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


class IndicatorMonth(Measured, Table, tablename="indicator_month"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    month = Date(null=False, default=None)
    item_code = Varchar(length=8, null=False, default=None)
    source_kind = Varchar(length=16, null=False, default=None)
    priority = Varchar(length=2, null=False, default=None)


class TouchedOrder(Table, tablename="indicator_touched"):
    id = BigSerial(primary_key=True)
    order_id = BigInt(null=False, default=None)


class CountDifference(Table, tablename="indicator_difference"):
    id = BigSerial(primary_key=True)
    found_at = Timestamptz(null=False, default=None)
    kind = Varchar(length=5, null=False, default=None)
    order_id = BigInt(null=True, default=None)
    area_code = Varchar(length=12, null=False, default="")
    rows = Integer(null=False, default=None)


class CountRun(Table, tablename="indicator_recount"):
    id = BigSerial(primary_key=True)
    started_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)
    orders = BigInt(null=False, default=0)
    order_differences = BigInt(null=False, default=0)
    month_differences = BigInt(null=False, default=0)


class TownIndicator(Table, tablename="town_indicator"):
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
    made_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    made_at = Timestamptz(null=False, default=None)
    retired_at = Timestamptz(null=True, default=None)
    retired_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)


TABLES = (OrderContribution, IndicatorMonth, TouchedOrder, CountDifference, CountRun, TownIndicator)


async def forwards() -> MigrationManager:
    return tables_migration("indicators", ID, DESCRIPTION, TABLES, Path(__file__).parent / "first")
