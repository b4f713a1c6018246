"""What vendors tell us by themselves, written down once."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import JSONB, BigSerial, Bytea, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T13:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Callbacks of vendors"


class VendorCallback(Table, tablename="vendor_callback"):
    id = BigSerial(primary_key=True)
    vendor = Varchar(length=8, null=False)
    digest = Bytea(null=False, default=None)
    kind = Varchar(length=40, null=False)
    body = JSONB(null=False, default="{}")
    received_at = Timestamptz(null=False, default=None)
    handled_at = Timestamptz(null=True, default=None)


async def forwards() -> MigrationManager:
    folder = Path(__file__).parent / "callbacks"
    manager = tables_migration("push", ID, DESCRIPTION, (VendorCallback,), folder)
    manager.alter_column(  # the longest state is `delivered`, which no vendor had said before
        table_class_name="MessageDelivery",
        tablename="message_delivery",
        column_name="state",
        params={"length": 9},
        old_params={"length": 8},
        column_class=Varchar,
        old_column_class=Varchar,
    )
    return manager
