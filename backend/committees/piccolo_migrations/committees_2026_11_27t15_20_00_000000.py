"""Patrols: routes over places, the tasks of a day with their stops, and what was found at them."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    Array,
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Patrols"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class TaskTemplate(Table, tablename="task_template"):
    id = BigSerial(primary_key=True)


class DutyEntry(Table, tablename="duty_entry"):
    id = BigSerial(primary_key=True)


class PatrolRoute(Table, tablename="patrol_route"):
    id = BigSerial(primary_key=True)
    committee_code = Varchar(length=12, null=False, default=None)
    template_id = ForeignKey(TaskTemplate, null=False, default=None, on_delete=OnDelete.restrict)
    name = Varchar(length=60, null=False, default=None)
    is_on = Boolean(null=False, default=True)
    set_by_id = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    set_at = Timestamptz(null=False, default=None)


class PatrolRouteStop(Table, tablename="patrol_route_stop"):
    id = BigSerial(primary_key=True)
    route_id = ForeignKey(PatrolRoute, null=False, default=None, on_delete=OnDelete.restrict)
    seq = SmallInt(null=False, default=None)
    place_id = ForeignKey(Place, null=False, default=None, on_delete=OnDelete.restrict)


class PatrolTask(Table, tablename="patrol_task"):
    id = BigSerial(primary_key=True)
    entry_id = ForeignKey(DutyEntry, null=False, default=None, on_delete=OnDelete.restrict)
    route_id = ForeignKey(PatrolRoute, null=False, default=None, on_delete=OnDelete.restrict)
    committee_code = Varchar(length=12, null=False, default=None)
    due_on = Date(null=False, default=None)
    state = Varchar(length=8, null=False, default="open")
    walker_id = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    claimed_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    version = Integer(null=False, default=1)


class PatrolStop(Table, tablename="patrol_stop"):
    id = BigSerial(primary_key=True)
    task_id = ForeignKey(PatrolTask, null=False, default=None, on_delete=OnDelete.restrict)
    seq = SmallInt(null=False, default=None)
    place_id = ForeignKey(Place, null=False, default=None, on_delete=OnDelete.restrict)
    proved_at = Timestamptz(null=True, default=None)
    proved_by_id = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    received_at = Timestamptz(null=True, default=None)
    method = Varchar(length=4, null=True, default=None)
    distance_m = DoublePrecision(null=True, default=None)
    accuracy_m = DoublePrecision(null=True, default=None)
    grade = Varchar(length=8, null=True, default=None)
    doubts = Array(base_column=Varchar(length=20), null=False, default=[])
    is_missed = Boolean(null=False, default=False)


class PatrolFinding(Table, tablename="patrol_finding"):
    id = BigSerial(primary_key=True)
    stop_id = ForeignKey(PatrolStop, null=False, default=None, on_delete=OnDelete.restrict)
    order_id = ForeignKey(Order, null=False, default=None, on_delete=OnDelete.restrict)
    found_by_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.restrict)
    found_at = Timestamptz(null=False, default=None)


TABLES = (PatrolRoute, PatrolRouteStop, PatrolTask, PatrolStop, PatrolFinding)


async def forwards() -> MigrationManager:
    return tables_migration("committees", ID, DESCRIPTION, TABLES, Path(__file__).parent / "patrols")
