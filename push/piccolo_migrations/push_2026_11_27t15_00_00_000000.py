"""Photos of reports that WeChat was asked about."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import UUID, BigInt, BigSerial, Integer, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checks of pictures by WeChat"


class PictureCheck(Table, tablename="picture_check"):
    id = BigSerial(primary_key=True)
    order_id = BigInt(null=False, default=None)
    photo_id = UUID(null=False, default=None)
    trace_id = Varchar(length=64, null=True, default=None, unique=True)
    verdict = Varchar(length=9, null=True, default=None)
    label = Integer(null=False, default=0)
    asked_at = Timestamptz(null=False, default=None)
    answered_at = Timestamptz(null=True, default=None)


async def forwards() -> MigrationManager:
    folder = Path(__file__).parent / "pictures"
    return tables_migration("push", ID, DESCRIPTION, (PictureCheck,), folder)
