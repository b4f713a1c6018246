"""Webhooks out: where sources hear what becomes of their records, and what they are told."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, Boolean, Bytea, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T04:13:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Webhooks out"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class IntakeSource(Table, tablename="intake_source"):
    id = BigSerial(primary_key=True)


class IntakeRecord(Table, tablename="intake_record"):
    id = BigSerial(primary_key=True)


class WebhookEndpoint(Table, tablename="webhook_endpoint"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    url = Varchar(length=500, null=False)
    secret = Bytea(null=False, default=None)
    former_secret = Bytea(null=True, default=None)
    former_until = Timestamptz(null=True, default=None)
    is_on = Boolean(null=False, default=True)
    stopped_for = Varchar(length=40, null=False, default="")
    set_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    set_at = Timestamptz(null=False, default=None)
    failures = Integer(null=False, default=0)
    next_at = Timestamptz(null=True, default=None)
    leased_until = Timestamptz(null=True, default=None)


class WebhookDelivery(Table, tablename="webhook_delivery"):
    id = BigSerial(primary_key=True)
    endpoint_id = ForeignKey(WebhookEndpoint, null=False, default=None, **_KEEP)
    record_id = ForeignKey(IntakeRecord, null=False, default=None, **_KEEP)
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


TABLES = (WebhookEndpoint, WebhookDelivery)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "webhooks_out")
