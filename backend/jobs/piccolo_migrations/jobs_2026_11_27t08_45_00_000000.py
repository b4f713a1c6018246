"""The tables of jobs as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import UUID, Integer, Timestamptz
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class Worker(Table, tablename="worker"):
    id = UUID(primary_key=True)
    started_at = Timestamptz()
    beat_at = Timestamptz()
    places = Integer()
    running = Integer()


TABLES = (Worker,)


async def forwards() -> MigrationManager:
    return first_migration("jobs", ID, TABLES, Path(__file__).parent / "first")
