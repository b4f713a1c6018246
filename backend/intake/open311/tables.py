"""The tables of Open311, nothing else. Checks stand in the migrations."""

from piccolo.columns import (
    Array,
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


class Open311Peer(Table, tablename="open311_peer"):
    """The endpoint of another system, which is also a source: where orders are sent on to and requests fetched from.

    `api_key`: theirs for us, sealed. `media_hosts`: hosts whose pictures we fetch. `fetched_until`: so far its requests
    and its updates were read.
    """

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    url = Varchar(length=200, null=False)
    jurisdiction_id = Varchar(length=80, null=False, default="")
    api_key = Bytea(null=True, default=None)
    form = Varchar(length=4, null=False)
    is_fetched = Boolean(null=False, default=False)
    has_updates = Boolean(null=False, default=True)
    media_hosts = Array(base_column=Varchar(length=120), null=False, default=[])
    fetched_until = Timestamptz(null=True, default=None)
    updates_until = Timestamptz(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    failed_at = Timestamptz(null=True, default=None)
    failures = Integer(null=False, default=0)
    failure = Varchar(length=200, null=False, default="")


class Open311Request(Table, tablename="open311_request"):
    """One request that two systems know: posted to us, fetched by us, or sent on by us.

    `request_no`: its number there; `client_no`: what whoever sent it calls it, so that it is filed once. `status`: what
    the other system says of it.
    """

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    way = Varchar(length=7, null=False)
    record_id = _of("IntakeRecord", "intake")
    order_id = _of("Order", "orders")
    token = Varchar(length=32, null=True, default=None)
    peer_token = Varchar(length=120, null=False, default="")
    client_no = Varchar(length=80, null=False)
    body_print = Varchar(length=64, null=False, default="")
    service_code = Varchar(length=80, null=False, default="")
    request_no = Varchar(length=80, null=False, default="")
    words = Text(null=False, default="")
    state = Varchar(length=8, null=False)
    reason = Varchar(length=500, null=False, default="")
    status = Varchar(length=32, null=False, default="")
    status_words = Text(null=False, default="")
    status_at = Timestamptz(null=True, default=None)
    created_by_id = _of("Account", "accounts")
    created_at = Timestamptz(null=False, default=None)
    sent_at = Timestamptz(null=True, default=None)


class Open311Update(Table, tablename="open311_update"):
    """What one side told the other about a request. `update_no`: once for each request and way."""

    id = BigSerial(primary_key=True)
    request_id = ForeignKey(Open311Request, null=False, default=None, **_KEEP)
    way = Varchar(length=3, null=False)
    update_no = Varchar(length=80, null=False)
    status = Varchar(length=32, null=False)
    words = Text(null=False, default="")
    media_urls = Array(base_column=Varchar(length=500), null=False, default=[])
    at = Timestamptz(null=False, default=None)
    state = Varchar(length=7, null=False)
    reason = Varchar(length=500, null=False, default="")
    created_at = Timestamptz(null=False, default=None)
    done_at = Timestamptz(null=True, default=None)
