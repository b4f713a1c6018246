"""How often a reporter was called back in vain."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Integer
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Call-backs that reached nobody, counted"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_column(
        table_class_name="FollowUp",
        tablename="follow_up",
        column_name="unreached_count",
        column_class=Integer,
        column_class_name="Integer",
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
        },
    )
    return manager
