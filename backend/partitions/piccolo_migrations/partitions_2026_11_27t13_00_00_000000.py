"""The table of what is archived as of its first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class ArchivedPart(Table, tablename="archived_part"):
    name = Varchar(length=63, primary_key=True)
    table_name = Varchar(length=63)
    until_at = Timestamptz(default=None)
    row_count = BigInt()
    first_id = BigInt()
    last_id = BigInt()
    file = Text()
    sha256 = Varchar(length=64)
    archived_at = Timestamptz(default=None)
    dropped_at = Timestamptz(default=None, null=True)
    restored_at = Timestamptz(default=None, null=True)


TABLES = (ArchivedPart,)


async def forwards() -> MigrationManager:
    return first_migration("partitions", ID, TABLES, Path(__file__).parent / "first")
