"""The tables of hotline cases, nothing else. Checks stand in the migrations."""

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigSerial,
    Boolean,
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


def _of(table: str, app: str, *, null: bool = True) -> ForeignKey:
    return ForeignKey(LazyTableReference(table, app_name=app), null=null, default=None, **_KEEP)


class HotlineTask(Table, tablename="hotline_task"):
    """一件: one case of the upper platform under its own number, with its clock. `record_id`: as what it came in."""

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    task_no = Varchar(length=80, null=False)
    record_id = _of("IntakeRecord", "intake")
    order_id = _of("Order", "orders")
    kind = Varchar(length=10, null=False)
    is_complex = Boolean(null=False, default=False)
    unit_name = Varchar(length=80, null=False, default="")
    """Whom the platform wants to do it, in its own words."""
    received_at = Timestamptz(null=False, default=None)
    days = SmallInt(null=False, default=None)
    """Working days with all that was granted."""
    due_at = Timestamptz(null=False, default=None)
    is_due_given = Boolean(null=False, default=False)
    """Whether the platform itself named the deadline."""
    due_warn_at = Timestamptz(null=True, default=None)
    contact_by = Timestamptz(null=False, default=None)
    contact_warn_at = Timestamptz(null=True, default=None)
    contacted_at = Timestamptz(null=True, default=None)
    """When somebody first spoke with the citizen."""
    has_last_word = Boolean(null=False, default=True)
    """Whether the platform calls the citizen back, and closes it."""
    agreed_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_as = Varchar(length=8, null=True, default=None)


class FirstContact(Table, tablename="hotline_contact"):
    """先行联系: somebody called the citizen, and what came of it."""

    id = BigSerial(primary_key=True)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    result = Varchar(length=9, null=False)
    tries = SmallInt(null=False, default=1)
    note = Text(null=False, default="")
    made_by_id = _of("Account", "accounts", null=False)
    made_at = Timestamptz(null=False, default=None)
    client_key = Varchar(length=80, null=True, default=None)


class FormalAct(Table, tablename="hotline_act"):
    """退单 or 延期: what is asked of the platform, and its decision. One waits at a time."""

    id = BigSerial(primary_key=True)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    kind = Varchar(length=9, null=False)
    code = Varchar(length=8, null=False)
    reason = Text(null=False)
    days = SmallInt(null=True, default=None)
    photo_ids = Array(base_column=UUID(), null=False, default=[])
    asked_by_id = _of("Account", "accounts")
    asked_at = Timestamptz(null=False, default=None)
    decided_at = Timestamptz(null=True, default=None)
    is_granted = Boolean(null=True, default=None)
    opinion = Text(null=False, default="")


class Feedback(Table, tablename="hotline_feedback"):
    """反馈: what the platform is told of the work, several times. `round_at`: of a final one, which finish it is."""

    id = BigSerial(primary_key=True)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    serial = SmallInt(null=False, default=None)
    round_at = Timestamptz(null=True, default=None)
    is_solved = Boolean(null=False, default=True)
    words = Text(null=False)
    made_by_id = _of("Account", "accounts")
    made_at = Timestamptz(null=False, default=None)
    client_key = Varchar(length=80, null=True, default=None)


class PlatformCallBack(Table, tablename="hotline_call_back"):
    """回访: what the platform heard from the citizen. None: not said, or nobody was reached."""

    id = BigSerial(primary_key=True)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    call_no = Varchar(length=80, null=False)
    called_at = Timestamptz(null=False, default=None)
    is_reached = Boolean(null=False, default=True)
    is_solved = Boolean(null=True, default=None)
    is_satisfied = Boolean(null=True, default=None)
    opinion = Text(null=False, default="")


class HotlineExchange(Table, tablename="hotline_exchange"):
    """往来报文: what is to be told to the platform, once under its own number, in the order in which it happened."""

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    task_id = ForeignKey(HotlineTask, null=False, default=None, **_KEEP)
    exchange_no = Varchar(length=40, null=False, unique=True)
    body = JSONB(null=False, default=None)
    state = Varchar(length=7, null=False, default="queued")
    made_at = Timestamptz(null=False, default=None)
    tries = Integer(null=False, default=0)
    error = Varchar(length=200, null=False, default="")
    ended_at = Timestamptz(null=True, default=None)


class Endpoint(Table, tablename="hotline_endpoint"):
    """Where a platform takes what we tell it, in which wire format, and how it stands."""

    id = BigSerial(primary_key=True)
    source_id = ForeignKey(
        LazyTableReference("IntakeSource", app_name="intake"), null=False, default=None, unique=True, **_KEEP
    )
    url = Varchar(length=300, null=False)
    wire = Varchar(length=20, null=False, default="grid")
    busy_until = Timestamptz(null=True, default=None)
    """While a process sends there; a process that died lets go by itself."""
    next_at = Timestamptz(null=True, default=None)
    failures = Integer(null=False, default=0)
    error = Varchar(length=200, null=False, default="")
    answered_at = Timestamptz(null=True, default=None)
