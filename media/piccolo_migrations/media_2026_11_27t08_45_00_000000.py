"""The tables of media as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    DoublePrecision,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
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


class Photo(Table, tablename="photo"):
    id = UUID(primary_key=True)
    owner_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    client_key = Varchar(length=128, default=None, null=True)
    sha256 = Bytea()
    media_type = Varchar(length=32)
    width = Integer()
    height = Integer()
    size_bytes = BigInt()
    captured_at = Timestamptz(default=None, null=True)
    captured_offset_min = SmallInt(default=None, null=True)
    gps = Geography(null=True)
    gps_accuracy_m = DoublePrecision(default=None, null=True)
    device = Varchar(length=80, default=None, null=True)
    phash = BigInt()
    phash_inner = BigInt()
    phash_core = BigInt()
    hashes = Array(base_column=BigInt())
    hash_keys = Array(base_column=Integer())
    original_key = Varchar(length=128)
    revision = Integer()
    link_version = Integer()
    visibility = Varchar(length=8, default="withheld")
    boxes = JSONB(default="[]")
    thinned_at = Timestamptz(default=None, null=True)
    hold_reason = Varchar(length=200, default=None, null=True)
    created_at = Timestamptz()


class PhotoAttachment(Table, tablename="photo_attachment"):
    id = BigSerial(primary_key=True)
    photo_id = ForeignKey(Photo, on_delete=OnDelete.restrict, null=False)
    subject_kind = Varchar(length=16)
    subject_id = BigInt()
    role = Varchar(length=8)
    position = SmallInt()


class PhotoAct(Table, tablename="photo_act"):
    id = BigSerial(primary_key=True)
    photo_id = ForeignKey(Photo, on_delete=OnDelete.restrict, null=False, index=True)
    account_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    act = Varchar(length=16)
    reason = Varchar(length=200)
    at = Timestamptz()


class PhotoMatch(Table, tablename="photo_match"):
    id = BigSerial(primary_key=True)
    photo_id = ForeignKey(Photo, on_delete=OnDelete.cascade, null=False)
    earlier_id = ForeignKey(Photo, on_delete=OnDelete.cascade, null=False, index=True)
    is_same_file = Boolean()
    distance = SmallInt()


class PhotoUpload(Table, tablename="photo_upload"):
    id = UUID(primary_key=True)
    owner_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False, index=True)
    way = Varchar(length=8)
    size_bytes = BigInt()
    media_type = Varchar(length=32, default=None, null=True)
    md5 = Bytea(default=None, null=True)
    refused_code = Varchar(length=64, default=None, null=True)
    expires_at = Timestamptz()
    created_at = Timestamptz()


TABLES = (Photo, PhotoAttachment, PhotoAct, PhotoMatch, PhotoUpload)


async def forwards() -> MigrationManager:
    return first_migration("media", ID, TABLES, Path(__file__).parent / "first")
