"""The tables of intake records, nothing else. Checks stand in the migrations."""

from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    LazyTableReference,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _of(table: str, app: str, *, null: bool = True) -> ForeignKey:
    return ForeignKey(LazyTableReference(table, app_name=app), null=null, default=None, **_KEEP)


class IntakeRecord(Table, tablename="intake_record"):
    """来件: one outside fact as it came, with its fate.

    `incoming` is the rest of what was read; `contact` is sealed; `suggested` are the three likeliest items. `reason` is
    a code, `note` the words of whoever turned it away, or what the decoder says of a message that cannot be read.
    `messages`: how many different messages came under this number.
    """

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    source_no = Varchar(length=80, null=False)
    state = Varchar(length=11, null=False)
    reason = Varchar(length=40, null=False, default="")
    note = Varchar(length=500, null=False, default="")
    received_at = Timestamptz(null=False, default=None)
    occurred_at = Timestamptz(null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)
    class_code = Varchar(length=80, null=False, default="")
    title = Varchar(length=200, null=False, default="")
    text = Text(null=False, default="")
    fold = Varchar(length=160, null=False, default="")
    incoming = JSONB(null=True, default=None)
    contact = Bytea(null=True, default=None)
    item_id = _of("Item", "items")
    place_id = _of("Place", "places")
    order_id = _of("Order", "orders")
    certainty = Varchar(length=8, null=False, default="")
    suggested = JSONB(null=True, default=None)
    is_automatic = Boolean(null=False, default=True)
    is_wrong = Boolean(null=False, default=False)
    decided_by_id = _of("Account", "accounts")
    messages = Integer(null=False, default=1)
    version = Integer(null=False, default=1)


class IntakeMessage(Table, tablename="intake_message"):
    """The raw message, sealed until its term is over; what it was is still told apart by its print (SHA-256)."""

    id = BigSerial(primary_key=True)
    record_id = ForeignKey(IntakeRecord, null=False, default=None, **_KEEP)
    body = Bytea(null=True, default=None)
    body_print = Bytea(null=False, default=None)
    received_at = Timestamptz(null=False, default=None)
    erase_at = Timestamptz(null=False, default=None)


class ReceivedWebhook(Table, tablename="received_webhook"):
    """A webhook that was taken: under its id nothing else is taken, and nothing twice. `body_print`: SHA-256."""

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    webhook_id = Varchar(length=120, null=False)
    body_print = Bytea(null=False, default=None)
    record_id = ForeignKey(IntakeRecord, null=True, default=None, **_KEEP)
    received_at = Timestamptz(null=False, default=None)


class RecordReading(Table, tablename="record_reading"):
    """Who opened what is sealed of a record, and when. `part`: message or contact."""

    id = BigSerial(primary_key=True)
    record_id = ForeignKey(IntakeRecord, null=False, default=None, **_KEEP)
    part = Varchar(length=7, null=False)
    account_id = _of("Account", "accounts", null=False)
    read_at = Timestamptz(null=False, default=None)
