"""Photos, and what each belongs to. Owned by this room alone."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Bytea,
    ForeignKey,
    Integer,
    LazyTableReference,
    OnDelete,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.defaults.uuid import UUID4
from piccolo.table import Table

from backend.geo.columns import Geography

_ACCOUNT = LazyTableReference(table_class_name="Account", module_path="backend.accounts.tables")


class Photo(Table, tablename="photo"):
    id = UUID(primary_key=True, default=UUID4())
    owner = ForeignKey(_ACCOUNT, on_delete=OnDelete.restrict, null=False)
    client_key = Varchar(length=128, null=True, default=None)
    sha256 = Bytea(null=False)
    media_type = Varchar(length=32, null=False)
    width = Integer(null=False)
    height = Integer(null=False)
    size_bytes = BigInt(null=False)
    captured_at = Timestamptz(null=True, default=None)
    captured_offset_min = SmallInt(null=True, default=None)
    gps = Geography(geometry_type="POINT", srid=4326, null=True, index=False)
    device = Varchar(length=80, null=True, default=None)
    phash = BigInt(null=False)
    original_key = Varchar(length=128, null=False)
    revision = Integer(null=False, default=0)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class PhotoAttachment(Table, tablename="photo_attachment"):
    id = BigSerial(primary_key=True)
    photo = ForeignKey(Photo, on_delete=OnDelete.restrict, null=False)
    subject_kind = Varchar(length=16, null=False)
    subject_id = BigInt(null=False)
    role = Varchar(length=8, null=False)
    position = SmallInt(null=False)
