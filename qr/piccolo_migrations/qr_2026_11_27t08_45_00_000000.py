"""The tables of qr as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    ForeignKey,
    Integer,
    OnDelete,
    Real,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from backend.geo.columns import Geography
from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class QrBatch(Table, tablename="qr_batch"):
    id = BigSerial(primary_key=True)
    size = Integer()
    key_number = SmallInt()
    key_fingerprint = Varchar(length=16)
    area_code = Varchar(length=15)
    note = Text()
    minted_by_id = ForeignKey(Account, on_delete=OnDelete.set_null)
    minted_at = Timestamptz()


class QrCode(Table, tablename="qr_code"):
    code = Varchar(length=12, primary_key=True)
    batch_id = ForeignKey(QrBatch, on_delete=OnDelete.restrict, null=False)
    status = Varchar(length=10, default="unbound")
    place_id = ForeignKey(Place, on_delete=OnDelete.restrict, index=True)
    successor_id = ForeignKey("self", on_delete=OnDelete.restrict, index=True)
    anchor = Geography(null=True)
    changed_at = Timestamptz()
    scanned_at = Timestamptz(default=None, null=True)


class QrBinding(Table, tablename="qr_binding"):
    id = BigSerial(primary_key=True)
    code_id = ForeignKey(QrCode, on_delete=OnDelete.restrict, null=False, index=True)
    place_id = ForeignKey(Place, on_delete=OnDelete.restrict, null=False, index=True)
    reason = Varchar(length=10)
    bound_at = Timestamptz()
    bound_by_id = ForeignKey(Account, on_delete=OnDelete.set_null)
    photo_id = UUID(default=None, null=True)
    distance_m = Real(default=None, null=True)
    accuracy_m = Real(default=None, null=True)
    ended_at = Timestamptz(default=None, null=True)
    end_reason = Varchar(length=10, default=None, null=True)


class QrChange(Table, tablename="qr_change"):
    id = BigSerial(primary_key=True)
    code_id = ForeignKey(QrCode, on_delete=OnDelete.restrict, null=False, index=True)
    status = Varchar(length=10)
    successor = Varchar(length=12, default=None, null=True)
    note = Text()
    changed_by_id = ForeignKey(Account, on_delete=OnDelete.set_null)
    changed_at = Timestamptz()


class QrScan(Table, tablename="qr_scan"):
    id = BigSerial(primary_key=True)
    code = Varchar(length=12)
    account_id = BigInt(default=None, null=True)
    channel = Varchar(length=10)
    grade = Varchar(length=10)
    distance_m = Real(default=None, null=True)
    scanned_at = Timestamptz()


class QrPlateCheck(Table, tablename="qr_plate_check"):
    id = BigSerial(primary_key=True)
    code_id = ForeignKey(QrCode, on_delete=OnDelete.restrict, null=False)
    far_scans = Integer()
    distance_m = Real()
    raised_at = Timestamptz()
    settled_at = Timestamptz(default=None, null=True)
    settled_by_id = ForeignKey(Account, on_delete=OnDelete.set_null)
    finding = Varchar(length=10, default=None, null=True)


TABLES = (QrBatch, QrCode, QrBinding, QrChange, QrScan, QrPlateCheck)


async def forwards() -> MigrationManager:
    return first_migration("qr", ID, TABLES, Path(__file__).parent / "first")
