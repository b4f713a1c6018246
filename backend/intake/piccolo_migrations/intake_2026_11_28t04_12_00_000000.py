"""Webhooks that were taken."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Bytea, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T04:12:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Webhooks that were taken"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class IntakeSource(Table, tablename="intake_source"):
    id = BigSerial(primary_key=True)


class IntakeRecord(Table, tablename="intake_record"):
    id = BigSerial(primary_key=True)


class ReceivedWebhook(Table, tablename="received_webhook"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    webhook_id = Varchar(length=120, null=False)
    body_print = Bytea(null=False, default=None)
    record_id = ForeignKey(IntakeRecord, null=True, default=None, **_KEEP)
    received_at = Timestamptz(null=False, default=None)


TABLES = (ReceivedWebhook,)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "webhooks_in")
