"""As what somebody claims to be one of a shop's people, and since when a shop has traded."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Date, Varchar

from backend.schema.first import tables_migration

ID = "2026-11-27T15:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Claims of helpers, and the day on which a shop opened"


async def forwards() -> MigrationManager:
    manager = tables_migration("shops", ID, DESCRIPTION, (), Path(__file__).parent / "claims")
    manager.add_column(
        table_class_name="RegisteredShop",
        tablename="shop",
        column_name="opened_on",
        column_class=Date,
        params={"default": None, "null": True},
    )
    manager.add_column(
        table_class_name="ShopClaim",
        tablename="shop_claim",
        column_name="role",
        column_class=Varchar,
        params={"length": 5, "default": "owner", "null": False},
    )
    return manager
