"""The tables of events as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import JSONB, Array, BigInt, BigSerial, Integer, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class EventLog(Table, tablename="event_log"):
    id = BigSerial(primary_key=True)
    name = Varchar(length=64)
    subject = Varchar(length=32)
    subject_id = BigInt()
    version = Integer()
    area_code = Varchar(length=15)
    unit_id = BigInt(default=None, null=True)
    account_ids = Array(base_column=BigInt())
    body = JSONB()
    recorded_at = Timestamptz()


TABLES = (EventLog,)


async def forwards() -> MigrationManager:
    return first_migration("events", ID, TABLES, Path(__file__).parent / "first")
