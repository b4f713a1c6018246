"""The register of shops: shops, their people, claims, and changes of state."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Bytea, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The register of shops"
_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class RegisteredShop(Table, tablename="shop"):
    id = BigSerial(primary_key=True)
    place_id = ForeignKey(Place, null=False, default=None, **_STAYS)
    name = Varchar(length=100, null=False, default=None)
    uscc = Varchar(length=18, null=True, default=None)
    uscc_warning = Varchar(length=20, null=False, default="")
    trade_class = Varchar(length=1, null=True, default=None)
    size_m2 = Integer(null=True, default=None)
    seats = Integer(null=True, default=None)
    state = Varchar(length=10, null=False, default="open")
    responsible_name = Bytea(null=True, default=None)
    responsible_phone = Bytea(null=True, default=None)
    responsible_print = Bytea(null=True, default=None)
    dataset = Varchar(length=100, null=False, default="")
    source_key = Varchar(length=200, null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())
    ended_at = Timestamptz(null=True, default=None)


class ShopPerson(Table, tablename="shop_person"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    role = Varchar(length=5, null=False, default=None)
    name = Bytea(null=True, default=None)
    phone = Bytea(null=True, default=None)
    since = Timestamptz(null=False, default=None)
    until = Timestamptz(null=True, default=None)
    added_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    ended_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)


class ShopClaim(Table, tablename="shop_claim"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    licence = Varchar(length=18, null=False, default="")
    name = Bytea(null=True, default=None)
    phone = Bytea(null=True, default=None)
    state = Varchar(length=9, null=False, default=None)
    proof = Varchar(length=9, null=False, default="")
    asked_at = Timestamptz(null=False, default=None)
    decided_at = Timestamptz(null=True, default=None)
    decided_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    reason = Varchar(length=300, null=False, default="")


class ShopStateChange(Table, tablename="shop_state_change"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    state = Varchar(length=10, null=False, default=None)
    changed_at = Timestamptz(null=False, default=None)
    changed_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    note = Varchar(length=300, null=False, default="")


TABLES = (RegisteredShop, ShopPerson, ShopClaim, ShopStateChange)


async def forwards() -> MigrationManager:
    return tables_migration("shops", ID, DESCRIPTION, TABLES, Path(__file__).parent / "register")
