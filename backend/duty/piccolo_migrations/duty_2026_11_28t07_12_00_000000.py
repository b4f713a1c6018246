"""The list that a shift is on: the usual one, or one that is prepared for an emergency."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-28T07:12:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Duty lists for emergencies"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="duty", description=DESCRIPTION)
    manager.add_column(
        table_class_name="DutyShift",
        tablename="duty_shift",
        column_name="roster",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
        },
    )
    return manager
