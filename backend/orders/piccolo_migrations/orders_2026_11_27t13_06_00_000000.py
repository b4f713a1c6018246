"""Keys of requests in a table of their own: a key that is unique cannot span the months of the steps."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, ForeignKey, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-27T13:06:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys of requests in a table of their own"

_COLUMN = {"null": False, "primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree}
_KEY = {**_COLUMN, "default": None, "on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Order(Table, tablename="work_order"):
    pass


class Account(Table, tablename="account"):
    pass


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_table(class_name="OrderStepKey", tablename="order_step_key")
    for name, kind, params in (
        ("step_id", BigInt, {**_COLUMN, "primary_key": True, "default": None}),
        ("order_id", ForeignKey, {**_KEY, "references": Order, "target_column": None}),
        ("actor_id", ForeignKey, {**_KEY, "references": Account, "target_column": None}),
        ("idempotency_key", Varchar, {**_COLUMN, "length": 80, "default": ""}),
        ("move", Varchar, {**_COLUMN, "length": 16, "default": ""}),
        ("key_print", Varchar, {**_COLUMN, "length": 32, "null": True, "default": None}),
    ):
        manager.add_column(
            table_class_name="OrderStepKey",
            tablename="order_step_key",
            column_name=name,
            column_class=kind,
            column_class_name=kind.__name__,
            params=params,
        )
    return manager
