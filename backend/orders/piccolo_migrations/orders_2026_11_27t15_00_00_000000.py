"""Orders may be offered to whoever is on call: until when, and when somebody grabbed one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Timestamptz
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Orders may be offered"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    for name in ("offered_until", "grabbed_at"):
        manager.add_column(
            table_class_name="Order",
            tablename="work_order",
            column_name=name,
            column_class=Timestamptz,
            column_class_name="Timestamptz",
            params={
                "default": None,
                "null": True,
                "primary_key": False,
                "unique": False,
                "index": False,
                "index_method": IndexMethod.btree,
            },
        )
    return manager
