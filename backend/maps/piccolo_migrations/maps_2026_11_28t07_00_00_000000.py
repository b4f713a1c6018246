"""Changes of what maps draw."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Timestamptz
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-28T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class MapChange(Table, tablename="map_change"):
    id = BigSerial(primary_key=True)
    at = Timestamptz(null=False, default=TimestamptzNow())


async def forwards() -> MigrationManager:
    return first_migration("maps", ID, (MapChange,), Path(__file__).parent / "first")
