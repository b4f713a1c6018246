from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import DoublePrecision, Timestamptz, Varchar
from piccolo.columns.indexes import IndexMethod

from backend import db

ID = "2026-11-27T06:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Quotas"

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


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="quotas", description=DESCRIPTION)
    manager.add_raw(_be_short)
    manager.add_table(class_name="QuotaUse", tablename="quota_use", schema=None, columns=None)
    manager.add_column(
        table_class_name="QuotaUse",
        tablename="quota_use",
        column_name="key",
        db_column_name="key",
        column_class_name="Varchar",
        column_class=Varchar,
        params={**_PLAIN, "length": 120, "default": "", "primary_key": True},
        schema=None,
    )
    manager.add_column(
        table_class_name="QuotaUse",
        tablename="quota_use",
        column_name="full_at",
        db_column_name="full_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={**_PLAIN, "default": None},
        schema=None,
    )
    manager.add_column(
        table_class_name="QuotaUse",
        tablename="quota_use",
        column_name="span_s",
        db_column_name="span_s",
        column_class_name="DoublePrecision",
        column_class=DoublePrecision,
        params={**_PLAIN, "default": 0.0},
        schema=None,
    )
    return manager


async def _be_short():
    """Wait for no long lock: a report that is being sent goes first."""
    await db.execute("SET LOCAL lock_timeout = '5s'")
