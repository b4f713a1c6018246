"""Measures of recurrence, pickups, patrols and inspections; sums along one dimension at a time, and times by bucket."""

from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, Column, Date, Integer, SmallInt, Varchar
from piccolo.table import Table

from backend import db
from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-28T10:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sums along one dimension, percentiles, patrols, inspections, pickups, recurrence"
COUNTED = (
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
OF_ORDERS = (
    "recurred_7d", "recurred_30d", "recurred_90d", "pickups_booked", "pickups_due", "pickups_on_time",
    "pickups_collected", "pickups_confirmed", "pickups_missed", "pickups_refused",
)
OF_ACTIVITIES = (
    "patrols", "patrols_attended", "patrols_finished", "patrols_complete", "patrol_stops", "patrol_stops_over",
    "patrol_stops_proved", "patrol_findings", "patrol_minutes", "inspections", "inspections_clean",
    "inspection_score", "findings", "findings_p0", "findings_repeated", "findings_struck", "rectify_due",
    "rectified_in_time", "findings_fixed", "fix_minutes",
)
MINUTES = tuple(code for code in COUNTED if code.endswith("_minutes"))
ALL = (*COUNTED, *OF_ORDERS, *OF_ACTIVITIES)


class Summed:
    for _code in ALL:
        locals()[_code] = (BigInt if _code.endswith("_minutes") else Integer)(null=True, default=None)
    del _code


class ActivityMeasured:
    for _code in OF_ACTIVITIES:
        locals()[_code] = Integer(null=True, default=None)
    del _code


class ActivityContribution(ActivityMeasured, Table, tablename="activity_contribution"):
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


class IndicatorMarginal(Summed, Table, tablename="indicator_marginal"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    span = Varchar(length=6, null=False, default=None)
    dimension = Varchar(length=8, null=False, default="")
    first_day = Date(null=False, default=None)
    value = Varchar(length=16, null=False, default="")


class IndicatorSpread(Table, tablename="indicator_spread"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    dimension = Varchar(length=8, null=False, default="")
    month = Date(null=False, default=None)
    value = Varchar(length=16, null=False, default="")
    duration = Varchar(length=8, null=False, default=None)
    bucket = SmallInt(null=False, default=None)
    cases = Integer(null=False, default=0)


class TouchedActivity(Table, tablename="activity_touched"):
    id = BigSerial(primary_key=True)
    kind = Varchar(length=10, null=False, default=None)
    subject_id = BigInt(null=False, default=None)


TABLES = (ActivityContribution, IndicatorMarginal, IndicatorSpread, TouchedActivity)
_ALONG = ("item1", "item2", "priority", "source")
_MONTH = "date_trunc('month', day)::date"
_PENTAD = f"({_MONTH} + 5 * least((extract(day FROM day)::int - 1) / 5, 5))"


async def forwards() -> MigrationManager:
    manager = tables_migration("indicators", ID, DESCRIPTION, TABLES, Path(__file__).parent / "marginals")
    assert isinstance(manager, FirstMigration)
    manager.add_raw(_widen)
    for code in OF_ORDERS:
        _add(manager, "OrderContribution", "order_contribution", code, Integer)
    for code in (*OF_ORDERS, *OF_ACTIVITIES):
        _add(manager, "IndicatorMonth", "indicator_month", code, _column(code))
    for code in MINUTES:
        _alter(manager, "IndicatorMonth", "indicator_month", code, BigInt, Integer)
    lengths = {"params": {"length": 10}, "old_params": {"length": 5}}
    _alter(manager, "CountDifference", "indicator_difference", "kind", Varchar, Varchar, **lengths)
    _add(manager, "CountDifference", "indicator_difference", "subject_id", BigInt)
    for name in ("activities", "activity_differences"):
        _add(manager, "CountRun", "indicator_recount", name, BigInt, null=False, default=0)
    _add(manager, "CountRun", "indicator_recount", "measures", Varchar, length=16, null=False, default="")
    manager.statements.append(_marginals())
    return manager


async def _widen() -> None:
    """A town's month of suspended orders is more than four bytes hold. One rewriting of the table for all of them."""
    await db.execute("ALTER TABLE indicator_month " + ", ".join(f"ALTER COLUMN {code} TYPE bigint" for code in MINUTES))


def _add(manager: MigrationManager, name: str, table: str, column: str, kind: type[Column], **params: Any) -> None:
    manager.add_column(
        table_class_name=name,
        tablename=table,
        column_name=column,
        column_class=kind,
        params={"null": True, "default": None, **params},
    )


def _alter(
    manager: MigrationManager,
    name: str,
    table: str,
    column: str,
    kind: type[Column],
    was: type[Column],
    **params: dict[str, Any],
) -> None:
    manager.alter_column(
        table_class_name=name,
        tablename=table,
        column_name=column,
        column_class=kind,
        old_column_class=was,
        params=params.get("params", {}),
        old_params=params.get("old_params", {}),
    )


def _column(code: str) -> type[Column]:
    return BigInt if code.endswith("_minutes") else Integer


def _marginals() -> str:
    """What was counted until now, summed along each dimension; times by bucket come with the next recount."""
    along = ", ".join(_ALONG)
    sums = ", ".join(f"NULLIF(sum({code}), 0)::{_type(code)} AS {code}" for code in COUNTED)
    named = ", ".join(COUNTED)
    return f"""
        SET LOCAL jit = off;
        WITH pentads AS MATERIALIZED (
            SELECT area_code, pentad, CASE grouping({along}) WHEN 15 THEN '' WHEN 7 THEN 'item1' WHEN 11 THEN 'item2'
                WHEN 13 THEN 'priority' WHEN 14 THEN 'source' END AS dimension, coalesce({along}, '') AS value, {sums}
            FROM (SELECT *, {_PENTAD} AS pentad, left(item_code, 1) AS item1, left(item_code, 2) AS item2,
                source_kind AS source FROM order_contribution) named
            GROUP BY GROUPING SETS ((area_code, pentad), {", ".join(f"(area_code, pentad, {each})" for each in _ALONG)})
        )
        INSERT INTO indicator_marginal (area_code, span, dimension, first_day, value, {named})
        SELECT area_code, 'day', '', day, '', {sums} FROM order_contribution GROUP BY area_code, day
        UNION ALL
        SELECT area_code, 'pentad', dimension, pentad, value, {named} FROM pentads
        UNION ALL
        SELECT area_code, 'month', dimension, date_trunc('month', pentad)::date, value, {sums} FROM pentads
        GROUP BY 1, 2, 3, 4, 5
    """


def _type(code: str) -> str:
    return "bigint" if code.endswith("_minutes") else "int"
