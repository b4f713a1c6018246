"""What was said under a phone's `client_id`. A report from before has none, and its key goes on as it did."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod

from backend import db

ID = "2026-11-27T05:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Prints of reports"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="reports", description=DESCRIPTION
    )
    manager.add_raw(_be_short)

    manager.add_column(
        table_class_name="Report",
        tablename="report",
        column_name="key_print",
        db_column_name="key_print",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 32,
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
    """Wait for no long lock: a move that is being made goes first."""
    await db.execute("SET LOCAL lock_timeout = '5s'")
