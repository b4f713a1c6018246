"""Who has read a shop's report."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Readings of reports"
_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class RegisteredShop(Table, tablename="shop"):
    id = BigSerial(primary_key=True)


class ReportReading(Table, tablename="report_reading"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    month = Varchar(length=7, null=False, default=None)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    read_at = Timestamptz(null=False, default=None)


async def forwards() -> MigrationManager:
    return tables_migration("shops", ID, DESCRIPTION, (ReportReading,), Path(__file__).parent / "analysis")
