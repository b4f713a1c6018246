"""Open311 GeoReport v2: endpoints of others, requests that two systems know, and what they told each other."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Array, BigSerial, Boolean, Bytea, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T05:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Open311 both ways"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class IntakeSource(Table, tablename="intake_source"):
    id = BigSerial(primary_key=True)


class IntakeRecord(Table, tablename="intake_record"):
    id = BigSerial(primary_key=True)


class Open311Peer(Table, tablename="open311_peer"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
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
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    way = Varchar(length=7, null=False)
    record_id = ForeignKey(IntakeRecord, null=True, default=None, **_KEEP)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
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
    created_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    created_at = Timestamptz(null=False, default=None)
    sent_at = Timestamptz(null=True, default=None)


class Open311Update(Table, tablename="open311_update"):
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


TABLES = (Open311Peer, Open311Request, Open311Update)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "open311")
