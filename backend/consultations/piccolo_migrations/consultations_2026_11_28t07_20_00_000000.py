"""The tables of consultations as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T07:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Published answers"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class PublishedAnswer(Table, tablename="published_answer"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, unique=True, **_KEEP)
    item_id = ForeignKey(Item, null=False, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    question = Text(null=False, default=None)
    answer = Text(null=False, default=None)
    published_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    published_at = Timestamptz(null=False, default=None)
    withdrawn_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    withdrawn_at = Timestamptz(null=True, default=None)


async def forwards() -> MigrationManager:
    return tables_migration("consultations", ID, DESCRIPTION, (PublishedAnswer,), Path(__file__).parent / "answers")
