"""What WeChat's check of words said of reports, where it did not pass them."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, Integer, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T13:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Marks of content safety"


class ContentMark(Table, tablename="content_mark"):
    id = BigSerial(primary_key=True)
    order_id = BigInt(null=False, default=None)
    verdict = Varchar(length=9, null=False)
    label = Integer(null=False, default=0)
    trace_id = Varchar(length=64, null=False, default="")
    marked_at = Timestamptz(null=False, default=None)


async def forwards() -> MigrationManager:
    folder = Path(__file__).parent / "content"
    return tables_migration("push", ID, DESCRIPTION, (ContentMark,), folder)
