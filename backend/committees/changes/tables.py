"""The table of requests, nothing else. Days are Shanghai's. Checks stand in the migrations."""

from piccolo.columns import BigSerial, Date, ForeignKey, Integer, LazyTableReference, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class DutyChange(Table, tablename="duty_change"):
    """清单变更申请: what a committee asks for one task of its list, on the version that it had seen, and the answer."""

    id = BigSerial(primary_key=True)
    committee_code = Varchar(length=12, null=False, default=None)
    template_id = ForeignKey(
        LazyTableReference("TaskTemplate", app_name="committees"), null=False, default=None, **_KEEP
    )
    kind = Varchar(length=10, null=False, default=None)
    base_version = Integer(null=False, default=0)
    """0: the task is not in the list yet."""
    rrule = Varchar(length=200, null=False, default=None)
    starts_on = Date(null=False, default=None)
    valid_from = Date(null=False, default=None)
    """From when it is wanted; a later decision takes effect no earlier than its own day."""
    reason = Text(null=False, default=None)
    state = Varchar(length=9, null=False, default="open")
    requested_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=False, default=None, **_KEEP)
    requested_at = Timestamptz(null=False, default=None)
    idempotency_key = Varchar(length=80, null=True, default=None)
    key_print = Varchar(length=32, null=True, default=None)
    decided_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    decided_at = Timestamptz(null=True, default=None)
    refusal = Text(null=False, default="")
