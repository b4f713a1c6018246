"""What everybody is told of a shop: the link to its kitchen, and whether its town publishes what was put right."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T07:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Kitchen links, published rectifications"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class RegisteredShop(Table, tablename="shop"):
    id = BigSerial(primary_key=True)


class ShopKitchenLink(Table, tablename="kitchen_link"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, unique=True, **_KEEP)
    url = Varchar(length=300, null=False, default=None)
    host = Varchar(length=253, null=False, default=None)
    state = Varchar(length=9, null=False, default="waiting")
    set_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    set_at = Timestamptz(null=False, default=None)
    decided_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    decided_at = Timestamptz(null=True, default=None)
    valid_until = Timestamptz(null=True, default=None)
    reason = Varchar(length=300, null=False, default="")


async def forwards() -> MigrationManager:
    folder = Path(__file__).parent / "public"
    manager = tables_migration("shops", ID, DESCRIPTION, (ShopKitchenLink,), folder)
    manager.add_column(
        table_class_name="GradeSetting",
        tablename="grade_setting",
        column_name="shows_rectifications",
        column_class=Boolean,
        column_class_name="Boolean",
        params={
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "null": False,
            "default": False,
        },
    )
    return manager
