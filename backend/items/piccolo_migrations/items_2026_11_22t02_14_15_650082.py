from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from backend import db
from piccolo.columns.column_types import Integer
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T02:14:15:650082"
VERSION = "1.38.0"
DESCRIPTION = "Limits of every stage, pauses and the ladder"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="items", description=DESCRIPTION
    )
    manager.add_raw(_be_short)

    manager.add_column(
        table_class_name="Item",
        tablename="item",
        column_name="arrive_min",
        db_column_name="arrive_min",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Item",
        tablename="item",
        column_name="safe_min",
        db_column_name="safe_min",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Item",
        tablename="item",
        column_name="verify_min",
        db_column_name="verify_min",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    return manager


async def _be_short():
    """Runs before the changes below, in their transaction: give way rather than queue up behind a long reader."""
    await db.execute("SET LOCAL lock_timeout = '5s'")
    await db.execute("SET LOCAL statement_timeout = '60s'")
