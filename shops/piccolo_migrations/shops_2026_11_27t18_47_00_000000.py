"""Why a crew that came took nothing, money that goes back, and filings that end before all was fetched."""

from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T18:47:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Refused pickups, refunds, filings that end early"

_COLUMN = {"primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree}
_NULL = {**_COLUMN, "null": True, "default": None}


class Account(Table, tablename="account"):
    pass


_ACCOUNT = {
    **_NULL,
    "references": Account,
    "on_delete": OnDelete.restrict,
    "on_update": OnUpdate.cascade,
    "target_column": None,
}
_ADDED: tuple[tuple[str, str, str, type[Any], dict[str, Any]], ...] = (
    ("PickupBooking", "pickup_booking", "refusal", Varchar, {**_NULL, "length": 12}),
    ("PickupPayment", "pickup_payment", "refund_fen", Integer, {**_COLUMN, "null": False, "default": 0}),
    ("PickupPayment", "pickup_payment", "refunded_at", Timestamptz, _NULL),
    ("PickupPayment", "pickup_payment", "refunded_by_id", ForeignKey, _ACCOUNT),
    ("PickupPayment", "pickup_payment", "refund_receipt", Varchar, {**_COLUMN, "null": False, "default": "", "length": 60}),
    ("RenovationFiling", "renovation_filing", "ended_at", Timestamptz, _NULL),
    ("RenovationFiling", "renovation_filing", "ended_by_id", ForeignKey, _ACCOUNT),
)  # fmt: skip


async def forwards() -> MigrationManager:
    manager = tables_migration("shops", ID, DESCRIPTION, (), Path(__file__).parent / "refusals")
    for class_name, table, column, kind, params in _ADDED:
        manager.add_column(
            table_class_name=class_name,
            tablename=table,
            column_name=column,
            column_class=kind,
            column_class_name=kind.__name__,
            params=params,
        )
    return manager
