"""Whether the link to a kitchen answers, since when it does not, and when it is asked next."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import SmallInt, Timestamptz
from piccolo.columns.indexes import IndexMethod

from backend.schema.first import tables_migration

ID = "2026-11-28T10:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checks of kitchen links"
_PLAIN = {"primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree}


async def forwards() -> MigrationManager:
    manager = tables_migration("shops", ID, DESCRIPTION, (), Path(__file__).parent / "public_checks")
    for name in ("checked_at", "next_check_at", "failing_since"):
        manager.add_column(
            table_class_name="ShopKitchenLink",
            tablename="kitchen_link",
            column_name=name,
            column_class_name="Timestamptz",
            column_class=Timestamptz,
            params={"default": None, "null": True, **_PLAIN},
        )
    manager.add_column(
        table_class_name="ShopKitchenLink",
        tablename="kitchen_link",
        column_name="failures",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={"default": 0, "null": False, **_PLAIN},
    )
    return manager
