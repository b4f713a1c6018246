"""The tables of quotas as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import DoublePrecision, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class QuotaUse(Table, tablename="quota_use"):
    key = Varchar(length=120, primary_key=True)
    full_at = Timestamptz(default=None)
    span_s = DoublePrecision()


TABLES = (QuotaUse,)


async def forwards() -> MigrationManager:
    return first_migration("quotas", ID, TABLES, Path(__file__).parent / "first")
