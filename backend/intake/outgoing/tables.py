"""The tables of webhooks out, nothing else. Checks stand in the migrations."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
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


class WebhookEndpoint(Table, tablename="webhook_endpoint"):
    """Where a source hears what becomes of its records. `failures` in a row; `next_at`: not before; `leased_until`: so
    long one worker speaks with it. `secret` is sealed; `former_secret` signs besides it until `former_until`.
    """

    id = BigSerial(primary_key=True)
    source_id = ForeignKey(LazyTableReference("IntakeSource", app_name="intake"), null=False, default=None, **_KEEP)
    url = Varchar(length=500, null=False)
    secret = Bytea(null=False, default=None)
    former_secret = Bytea(null=True, default=None)
    former_until = Timestamptz(null=True, default=None)
    is_on = Boolean(null=False, default=True)
    stopped_for = Varchar(length=40, null=False, default="")
    set_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    set_at = Timestamptz(null=False, default=None)
    failures = Integer(null=False, default=0)
    next_at = Timestamptz(null=True, default=None)
    leased_until = Timestamptz(null=True, default=None)


class WebhookDelivery(Table, tablename="webhook_delivery"):
    """One event for one endpoint: made once for each fact and record, sent in the order of `id` within a record."""

    id = BigSerial(primary_key=True)
    endpoint_id = ForeignKey(WebhookEndpoint, null=False, default=None, **_KEEP)
    record_id = ForeignKey(LazyTableReference("IntakeRecord", app_name="intake"), null=False, default=None, **_KEEP)
    event_id = BigInt(null=False, default=None)
    webhook_id = Varchar(length=60, null=False)
    body = Text(null=False)
    state = Varchar(length=9, null=False, default="waiting")
    attempts = SmallInt(null=False, default=0)
    next_at = Timestamptz(null=False, default=None)
    made_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)
    last_status = SmallInt(null=True, default=None)
    last_error = Varchar(length=60, null=False, default="")
