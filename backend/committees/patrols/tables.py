"""The tables of patrols, nothing else. Days are Shanghai's. Checks stand in the migrations."""

from piccolo.columns import (
    Array,
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    LazyTableReference,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _of(table: str, app: str = "committees", *, null: bool = False) -> ForeignKey:
    return ForeignKey(LazyTableReference(table, app_name=app), null=null, default=None, **_KEEP)


class PatrolRoute(Table, tablename="patrol_route"):
    """巡查路线: the places to which a patrol of one committee goes for one task of its list."""

    id = BigSerial(primary_key=True)
    committee_code = Varchar(length=12, null=False, default=None)
    template_id = _of("TaskTemplate")
    name = Varchar(length=60, null=False, default=None)
    is_on = Boolean(null=False, default=True)
    set_by_id = _of("Account", "accounts", null=True)
    set_at = Timestamptz(null=False, default=None)


class PatrolRouteStop(Table, tablename="patrol_route_stop"):
    """A place of a route, as the next patrol will visit it."""

    id = BigSerial(primary_key=True)
    route_id = ForeignKey(PatrolRoute, null=False, default=None, **_KEEP)
    seq = SmallInt(null=False, default=None)
    place_id = _of("Place", "places")


class PatrolTask(Table, tablename="patrol_task"):
    """巡查任务: one walk along one route on one day, born of the version of the duty list that was in force."""

    id = BigSerial(primary_key=True)
    entry_id = _of("DutyEntry")
    route_id = ForeignKey(PatrolRoute, null=False, default=None, **_KEEP)
    committee_code = Varchar(length=12, null=False, default=None)
    due_on = Date(null=False, default=None)
    state = Varchar(length=8, null=False, default="open")
    walker_id = _of("Account", "accounts", null=True)
    claimed_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    version = Integer(null=False, default=1)


class PatrolStop(Table, tablename="patrol_stop"):
    """巡查点: a place that a task has to visit, and what proves that somebody was there. No position is kept."""

    id = BigSerial(primary_key=True)
    task_id = ForeignKey(PatrolTask, null=False, default=None, **_KEEP)
    seq = SmallInt(null=False, default=None)
    place_id = _of("Place", "places")
    proved_at = Timestamptz(null=True, default=None)
    proved_by_id = _of("Account", "accounts", null=True)
    received_at = Timestamptz(null=True, default=None)
    method = Varchar(length=4, null=True, default=None)
    distance_m = DoublePrecision(null=True, default=None)
    accuracy_m = DoublePrecision(null=True, default=None)
    grade = Varchar(length=8, null=True, default=None)
    doubts = Array(base_column=Varchar(length=20), null=False, default=[])
    is_missed = Boolean(null=False, default=False)


class PatrolFinding(Table, tablename="patrol_finding"):
    """巡查发现: the order that was opened for a problem found at a stop."""

    id = BigSerial(primary_key=True)
    stop_id = ForeignKey(PatrolStop, null=False, default=None, **_KEEP)
    order_id = _of("Order", "orders")
    found_by_id = _of("Account", "accounts")
    found_at = Timestamptz(null=False, default=None)
