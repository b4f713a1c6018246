"""Volunteers: sealed, and approved by their committee."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Array, BigSerial, Bytea, ForeignKey, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Volunteers"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class Volunteer(Table, tablename="volunteer"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    committee_code = Varchar(length=12, null=False)
    status = Varchar(length=8, null=False)
    masked_name = Varchar(length=8, null=False)
    real_name = Bytea(null=True, default=None)
    id_number = Bytea(null=True, default=None)
    id_print = Bytea(null=True, default=None)
    phone = Bytea(null=True, default=None)
    guardian_name = Bytea(null=True, default=None)
    guardian_phone = Bytea(null=True, default=None)
    birth_year = SmallInt(null=True, default=None)
    id_doubt = Varchar(length=8, null=False, default="")
    skills = Array(base_column=Varchar(length=12), null=False, default=[])
    consent = Varchar(length=12, null=False)
    idempotency_key = Varchar(length=80, null=True, default=None)
    applied_at = Timestamptz(null=False, default=None)
    decided_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    decided_at = Timestamptz(null=True, default=None)
    refusal = Text(null=False, default="")
    left_at = Timestamptz(null=True, default=None)
    cleared_at = Timestamptz(null=True, default=None)


class OwnPlace(Table, tablename="own_place"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    place_id = ForeignKey(Place, null=False, default=None, **_KEEP)
    noted_at = Timestamptz(null=False, default=None)


TABLES = (Volunteer, OwnPlace)


async def forwards() -> MigrationManager:
    return tables_migration("grab_orders", ID, DESCRIPTION, TABLES, Path(__file__).parent / "people")
