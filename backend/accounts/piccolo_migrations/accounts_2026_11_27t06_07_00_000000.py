from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Integer, Timestamptz, Varchar
from piccolo.columns.indexes import IndexMethod

from backend import db

ID = "2026-11-27T06:07:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Failed sign-ins by name and address"

_PLAIN = {
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}
_COLUMNS = (
    ("key", Varchar, {"length": 120, "default": "", "primary_key": True}),
    ("failures", Integer, {"default": 0}),
    ("failed_at", Timestamptz, {"default": None}),
    ("blocked_until", Timestamptz, {"default": None}),
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="accounts", description=DESCRIPTION)
    manager.add_raw(_be_short)
    manager.add_table(class_name="SignInFailure", tablename="sign_in_failure", schema=None, columns=None)
    for name, kind, params in _COLUMNS:
        manager.add_column(
            table_class_name="SignInFailure",
            tablename="sign_in_failure",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params={**_PLAIN, **params},
            schema=None,
        )
    return manager


async def _be_short():
    """Wait for no long lock: a report that is being sent goes first."""
    await db.execute("SET LOCAL lock_timeout = '5s'")
