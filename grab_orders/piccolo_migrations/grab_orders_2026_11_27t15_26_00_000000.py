"""Where it is known from that a place is somebody's own: from themselves, or from the register of shops."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Varchar

ID = "2026-11-27T15:26:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Own places by the register of shops"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="grab_orders", description=DESCRIPTION)
    manager.add_column(
        table_class_name="OwnPlace",
        tablename="own_place",
        column_name="origin",
        column_class=Varchar,
        column_class_name="Varchar",
        params={"length": 8, "default": "said", "null": False},
    )
    return manager
