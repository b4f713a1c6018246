"""Complaints with a sealed identity, and its opening by two persons."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Bytea, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Complaints with a sealed identity"
_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class ShopComplaint(Table, tablename="shop_complaint"):
    id = BigSerial(primary_key=True)
    pseudonym_id = ForeignKey(Account, null=False, default=None, unique=True, **_STAYS)
    identity = Bytea(null=True, default=None)
    key_print = Bytea(null=False, default=None, unique=True)
    made_at = Timestamptz(null=False, default=None)


class IdentityOpening(Table, tablename="identity_opening"):
    id = BigSerial(primary_key=True)
    complaint_id = ForeignKey(ShopComplaint, null=False, default=None, **_STAYS)
    asked_by_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    asked_at = Timestamptz(null=False, default=None)
    reason = Varchar(length=300, null=False, default=None)
    decided_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    decided_at = Timestamptz(null=True, default=None)
    readable_until = Timestamptz(null=True, default=None)


class IdentityReading(Table, tablename="identity_reading"):
    id = BigSerial(primary_key=True)
    opening_id = ForeignKey(IdentityOpening, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    at = Timestamptz(null=False, default=None)


TABLES = (ShopComplaint, IdentityOpening, IdentityReading)


async def forwards() -> MigrationManager:
    return tables_migration("shops", ID, DESCRIPTION, TABLES, Path(__file__).parent / "complaints")
