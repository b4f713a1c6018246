"""The tables of push as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class EventLog(Table, tablename="event_log"):
    id = BigSerial(primary_key=True)


class Message(Table, tablename="message"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    event_id = ForeignKey(EventLog, on_delete=OnDelete.cascade, null=False)
    kind = Varchar(length=32)
    order_id = BigInt(null=True)
    path = Text()
    title_zh = Text()
    title_en = Text()
    body_zh = Text()
    body_en = Text()
    created_at = Timestamptz()
    read_at = Timestamptz(default=None, null=True)


TABLES = (Message,)


async def forwards() -> MigrationManager:
    return first_migration("push", ID, TABLES, Path(__file__).parent / "first")
