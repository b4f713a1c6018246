"""The tables of reports as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class Report(Table, tablename="report"):
    id = BigSerial(primary_key=True)
    client_id = Varchar(length=64)
    reporter_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False, index=True)
    tracking_token = Varchar(length=32, unique=True)
    qr_code = Varchar(length=12, default=None, null=True)
    received_at = Timestamptz(default=None)
    captured_at = Timestamptz(default=None, null=True)
    description = Text()
    key_print = Varchar(length=32, default=None, null=True)


class DuplicateRule(Table, tablename="duplicate_rule"):
    id = BigSerial(primary_key=True)
    prefix = Varchar(length=8, unique=True)
    radius_m = Integer()
    window_min = Integer()
    closed_min = Integer()


TABLES = (Report, DuplicateRule)


async def forwards() -> MigrationManager:
    return first_migration("reports", ID, TABLES, Path(__file__).parent / "first")
