"""The last alarm whose recovery the order of a fold was told of."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Timestamptz
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-28T07:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Recoveries are told once"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="intake", description=DESCRIPTION)
    manager.add_column(
        table_class_name="AlarmFold",
        tablename="alarm_fold",
        column_name="recovered_of",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
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
