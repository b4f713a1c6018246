"""The tables of sources, nothing else. Checks stand in the migrations."""

from piccolo.columns import (
    BigSerial,
    Boolean,
    Bytea,
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


def _account(*, null: bool = False) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_KEEP)


class IntakeSource(Table, tablename="intake_source"):
    """A system that tells us something. As its account it opens orders; nobody signs in to that.

    `key_print`: SHA-256 of its key, which is shown once. `secret`: of its webhooks, sealed; `former_secret` still
    counts until `former_until`.
    """

    id = BigSerial(primary_key=True)
    name = Varchar(length=40, null=False, unique=True)
    title_zh = Varchar(length=60, null=False)
    title_en = Varchar(length=60, null=False)
    kind = Varchar(length=8, null=False)
    area_code = Varchar(length=12, null=False)
    datum = Varchar(length=5, null=False)
    account_id = _account()
    key_print = Bytea(null=False, default=None)
    secret = Bytea(null=False, default=None)
    former_secret = Bytea(null=True, default=None)
    former_until = Timestamptz(null=True, default=None)
    per_minute = Integer(null=False, default=120)
    max_bytes = Integer(null=False, default=65536)
    accepted_error = DoublePrecision(null=True, default=None)
    raw_days = SmallInt(null=False, default=90)
    may_file = Boolean(null=False, default=True)
    may_read = Boolean(null=False, default=True)
    is_open = Boolean(null=False, default=True)
    added_by_id = _account(null=True)
    added_at = Timestamptz(null=False, default=None)
    closed_at = Timestamptz(null=True, default=None)
    last_received_at = Timestamptz(null=True, default=None)


class SourceClass(Table, tablename="source_class"):
    """对照表: what a class of a source is in our dictionary."""

    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    class_code = Varchar(length=80, null=False)
    class_name = Varchar(length=120, null=False, default="")
    item_id = ForeignKey(LazyTableReference("Item", app_name="items"), null=False, default=None, **_KEEP)


class SourceRefusal(Table, tablename="source_refusal"):
    """How many messages of a source were refused on a day of Shanghai, by what was wrong with them."""

    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    refused_on = Date(null=False, default=None)
    reason = Varchar(length=40, null=False)
    refusals = Integer(null=False, default=0)
