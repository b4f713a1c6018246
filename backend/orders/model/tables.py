"""The trunk's tables, nothing else. Constraints that Piccolo cannot say stand in the migrations."""

from piccolo.columns import (
    JSONB,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    DoublePrecision,
    ForeignKey,
    Integer,
    LazyTableReference,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from backend.geo.columns import Geography

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool = True, index: bool = False) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, index=index, **_KEEP)


class Order(Table, tablename="work_order"):
    """工单. Its present state; the steps tell how it came to be so."""

    id = BigSerial(primary_key=True)
    number = Varchar(length=24, null=False, unique=True)
    state = Varchar(length=12, null=False)
    version = Integer(null=False, default=1)
    changed_version = Integer(null=False, default=1)
    item_id = ForeignKey(LazyTableReference("Item", app_name="items"), null=False, default=None, **_KEEP)
    priority = Varchar(length=2, null=False)
    raised_from = Varchar(length=2, null=True, default=None)
    """What its priority is without the emergency that raised it."""
    place_id = ForeignKey(LazyTableReference("Place", app_name="places"), null=True, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False)
    grid_code = Varchar(length=15, null=False, default="")
    loc = Geography("POINT", null=False)
    description = Text(null=False, default="")
    source_kind = Varchar(length=16, null=False)
    opened_by_id = _account()
    unit_id = ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=True, default=None, **_KEEP)
    handler_id = _account()
    opened_at = Timestamptz(null=False, default=None)
    respond_by = Timestamptz(null=False, default=None)
    resolve_by = Timestamptz(null=False, default=None)
    arrive_by = Timestamptz(null=True, default=None)
    safe_by = Timestamptz(null=True, default=None)
    verify_by = Timestamptz(null=True, default=None)
    clock_from = Timestamptz(null=True, default=None)
    dispatched_at = Timestamptz(null=True, default=None)
    ladder_at = Timestamptz(null=True, default=None)
    offered_until = Timestamptz(null=True, default=None)
    grabbed_at = Timestamptz(null=True, default=None)
    accepted_at = Timestamptz(null=True, default=None)
    arrived_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    made_safe_at = Timestamptz(null=True, default=None)
    cancelled_at = Timestamptz(null=True, default=None)
    rework_count = Integer(null=False, default=0)
    hop_count = Integer(null=False, default=0)
    reopen_count = Integer(null=False, default=0)
    supervisor_id = _account()
    parent_id = ForeignKey("self", null=True, default=None, **_KEEP)
    merged_into_id = ForeignKey("self", null=True, default=None, **_KEEP)
    root_cause_of = Varchar(length=6, null=True, default=None)
    rating = Integer(null=True, default=None)
    source_cases = Integer(null=False, default=0)
    """How many cases in it, merged ones counted, end by their source's word alone."""
    referred_at = Timestamptz(null=True, default=None)
    """Since when it is passed here and waits for that word."""
    source_agreed_at = Timestamptz(null=True, default=None)
    """When their source said that it may end so."""


class OrderStep(Table, tablename="order_step"):
    """One move. Append only: the database refuses to change or delete a step.

    Cut by month of `at`, so its key in the database is (id, at), and no foreign key leads here.
    """

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    move = Varchar(length=16, null=False)
    from_state = Varchar(length=12, null=True, default=None)
    to_state = Varchar(length=12, null=False)
    actor_id = _account()
    actor_role = Varchar(length=16, null=False)
    at = Timestamptz(null=False, default=None)
    captured_at = Timestamptz(null=True, default=None)
    point = Geography("POINT", null=True, default=None)
    accuracy_m = DoublePrecision(null=True, default=None)
    datum = Varchar(length=6, null=True, default=None)
    note = Text(null=False, default="")
    detail = JSONB(null=False, default="{}")
    idempotency_key = Varchar(length=80, null=True, default=None)
    key_print = Varchar(length=32, null=True, default=None)


class OrderStepKey(Table, tablename="order_step_key"):
    """The key under which a step was sent, across all months. The database writes it with the step."""

    step_id = BigInt(primary_key=True, default=None)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    actor_id = _account(null=False)
    idempotency_key = Varchar(length=80, null=False)
    move = Varchar(length=16, null=False)
    key_print = Varchar(length=32, null=True, default=None)


class CheckIn(Table, tablename="check_in"):
    """The proof of arrival that a step rests on, and the fix as the phone gave it. `fixed_at`: when it was measured."""

    id = BigSerial(primary_key=True)
    step_id = BigInt(null=False, default=None, unique=True)
    order_id = ForeignKey(Order, null=False, default=None, index=True, index_method=IndexMethod.btree, **_KEEP)
    account_id = _account(null=False)
    method = Varchar(length=8, null=False)
    distance_m = DoublePrecision(null=True, default=None)
    accuracy_m = DoublePrecision(null=True, default=None)
    radius_m = Integer(null=False)
    qr_code = Varchar(length=12, null=True, default=None)
    grade = Varchar(length=8, null=True, default=None)
    doubts = Array(base_column=Varchar(length=16), null=False, default=[])
    appeal_reason = Text(null=True, default=None)
    raw_lng = DoublePrecision(null=True, default=None)
    raw_lat = DoublePrecision(null=True, default=None)
    raw_datum = Varchar(length=5, null=True, default=None)
    source = Varchar(length=8, null=True, default=None)
    age_s = DoublePrecision(null=True, default=None)
    is_mock = Boolean(null=True, default=None)
    fixed_at = Timestamptz(null=True, default=None)


class OrderRequest(Table, tablename="order_request"):
    """申请: what a handler asks for and the desk decides. One of a kind is open at a time."""

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    kind = Varchar(length=12, null=False)
    minutes = Integer(null=True, default=None)
    reason = Text(null=False)
    asked_by_id = _account(null=False)
    asked_at = Timestamptz(null=False, default=None)
    decided_by_id = _account()
    decided_at = Timestamptz(null=True, default=None)
    is_granted = Boolean(null=True, default=None)


class FollowUp(Table, tablename="follow_up"):
    """回访: a closed order whose reporter is to be called, and what came of the call."""

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, unique=True, **_KEEP)
    listed_at = Timestamptz(null=False, default=None)
    result = Varchar(length=16, null=True, default=None)
    note = Text(null=False, default="")
    called_by_id = _account()
    called_at = Timestamptz(null=True, default=None)
    unreached_count = Integer(null=False, default=0)
    """How often in vain; the third time ends it as `unreachable`."""


class OrderFollower(Table, tablename="order_follower"):
    """Who reported an order besides its opener, and on which order that was: itself, or one merged into it."""

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    account_id = _account(null=False)
    origin_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    since = Timestamptz(null=False, default=None)


class OrderVerdict(Table, tablename="order_verdict"):
    """What one reporter says of the result in one round: a rating, or that nothing was solved; the step has the words.

    A round begins with the opening, and anew with each reopening: `round` is the order's `reopen_count` at the time.
    """

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    account_id = _account(null=False)
    round = Integer(null=False)
    kind = Varchar(length=8, null=False)
    score = Integer(null=True, default=None)
    step_id = BigInt(null=False, default=None, unique=True)
