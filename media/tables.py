"""Photos, what each belongs to and resembles, who touched it, and uploads under way. Owned by this package alone."""

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
    owner_id = ForeignKey(_ACCOUNT, on_delete=OnDelete.restrict, null=False)
    client_key = Varchar(length=128, null=True, default=None)
    sha256 = Bytea(null=False)
    media_type = Varchar(length=32, null=False)
    width = Integer(null=False)
    height = Integer(null=False)
    size_bytes = BigInt(null=False)
    captured_at = Timestamptz(null=True, default=None)
    captured_offset_min = SmallInt(null=True, default=None)
    gps = Geography(geometry_type="POINT", srid=4326, null=True, index=False)
    gps_accuracy_m = DoublePrecision(null=True, default=None)
    device = Varchar(length=80, null=True, default=None)
    phash = BigInt(null=False)
    phash_inner = BigInt(null=False, default=0)
    phash_core = BigInt(null=False, default=0)
    hashes = Array(base_column=BigInt(), null=False, default=list)
    hash_keys = Array(base_column=Integer(), null=False, default=list)
    original_key = Varchar(length=128, null=False)
    revision = Integer(null=False, default=0)
    link_version = Integer(null=False, default=0)
    visibility = Varchar(length=8, null=False, default="withheld")
    boxes = JSONB(null=False, default="[]")
    thinned_at = Timestamptz(null=True, default=None)
    hold_reason = Varchar(length=200, null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class PhotoAttachment(Table, tablename="photo_attachment"):
    id = BigSerial(primary_key=True)
    photo_id = ForeignKey(Photo, on_delete=OnDelete.restrict, null=False)
    subject_kind = Varchar(length=16, null=False)
    subject_id = BigInt(null=False)
    role = Varchar(length=8, null=False)
    position = SmallInt(null=False)


class PhotoAct(Table, tablename="photo_act"):
    """Who read an original, painted over, released, withheld or held a photo, and why. Append only."""

    id = BigSerial(primary_key=True)
    photo_id = ForeignKey(Photo, on_delete=OnDelete.restrict, null=False, index=True)
    account_id = ForeignKey(_ACCOUNT, on_delete=OnDelete.restrict, null=False)
    act = Varchar(length=16, null=False)
    reason = Varchar(length=200, null=False, default="")
    at = Timestamptz(null=False, default=TimestamptzNow())


class PhotoMatch(Table, tablename="photo_match"):
    """Two photos that are the same file or look the same; the earlier one second."""

    id = BigSerial(primary_key=True)
    photo_id = ForeignKey(Photo, on_delete=OnDelete.cascade, null=False)
    earlier_id = ForeignKey(Photo, on_delete=OnDelete.cascade, null=False, index=True)
    is_same_file = Boolean(null=False, default=False)
    distance = SmallInt(null=False)


class PhotoUpload(Table, tablename="photo_upload"):
    """A photo on its way in by pieces, or straight into the store; the photo takes over its number."""

    id = UUID(primary_key=True, default=UUID4())
    owner_id = ForeignKey(_ACCOUNT, on_delete=OnDelete.restrict, null=False, index=True)
    way = Varchar(length=8, null=False)
    size_bytes = BigInt(null=False)
    media_type = Varchar(length=32, null=True, default=None)
    md5 = Bytea(null=True, default=None)
    refused_code = Varchar(length=64, null=True, default=None)
    expires_at = Timestamptz(null=False)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
