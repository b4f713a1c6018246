"""A message may be about something else than an order: then it says which page it leads to."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Text

from backend import db

ID = "2026-11-22T03:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Messages that lead to a page"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="push", description=DESCRIPTION)
    manager.add_raw(_be_short)
    manager.add_column(
        table_class_name="Message",
        tablename="message",
        column_name="path",
        column_class=Text,
        column_class_name="Text",
        params={"default": "", "null": False, "primary_key": False, "unique": False, "index": False},
    )
    manager.alter_column(
        table_class_name="Message",
        tablename="message",
        column_name="order_id",
        params={"null": True},
        old_params={"null": False},
        column_class=BigInt,
        old_column_class=BigInt,
    )
    return manager


async def _be_short() -> None:
    await db.execute("SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '60s'")
