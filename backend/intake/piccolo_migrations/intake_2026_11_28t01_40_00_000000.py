"""What dispatchers corrected, from which a model of a town learns."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Bytea, DoublePrecision, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T01:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Corrections of suggested items"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class ItemCorrection(Table, tablename="item_correction"):
    id = BigSerial(primary_key=True)
    source = Varchar(length=40, null=False)
    source_number = Varchar(length=80, null=False)
    words = Bytea(null=True, default=None)
    suggested = Varchar(length=60, null=False)
    probability = DoublePrecision(null=False)
    item_id = ForeignKey(Item, null=False, default=None, **_KEEP)
    decided_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    decided_at = Timestamptz(null=False, default=None)


TABLES = (ItemCorrection,)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "item_corrections")
