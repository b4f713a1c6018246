"""No index of all positions: only open orders are looked for around a point, and they have one of their own."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db
from backend.geo.columns import Geography

ID = "2026-11-25T07:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Drop the index of all positions"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_be_short)
    manager.alter_column(
        table_class_name="Order",
        tablename="work_order",
        column_name="loc",
        db_column_name="loc",
        params={"index": False},
        old_params={"index": True},
        column_class=Geography,
        old_column_class=Geography,
        schema=None,
    )
    return manager


async def _be_short() -> None:
    await db.execute("SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '60s'")
