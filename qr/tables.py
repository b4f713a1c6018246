"""The registry of codes. Named constraints live in the migrations; the database is the last guard of "one place"."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    ForeignKey,
    Integer,
    LazyTableReference,
    OnDelete,
    Real,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from backend.geo.columns import Geography

_PLACE = LazyTableReference("Place", module_path="backend.places.tables")
_ACCOUNT = LazyTableReference("Account", module_path="backend.accounts.tables")


class QrBatch(Table, tablename="qr_batch"):
    """Codes minted in one go, before anybody knows which doors they will hang on."""

    id = BigSerial(primary_key=True)
    size = Integer(null=False)
    key_number = SmallInt(null=False)
    key_fingerprint = Varchar(length=16, null=False)
    area_code = Varchar(length=15, null=False, default="")
    note = Text(null=False, default="")
    minted_by_id = ForeignKey(_ACCOUNT, null=True, default=None, on_delete=OnDelete.set_null)
    minted_at = Timestamptz(null=False)


class QrCode(Table, tablename="qr_code"):
    """One code. `place_id` is set exactly while it is active or damaged, `successor_id` exactly when it is replaced."""

    code = Varchar(length=12, primary_key=True)
    batch_id = ForeignKey(QrBatch, null=False, on_delete=OnDelete.restrict)
    status = Varchar(length=10, null=False, default="unbound")
    place_id = ForeignKey(_PLACE, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    successor_id = ForeignKey("self", null=True, default=None, on_delete=OnDelete.restrict, index=True)
    anchor = Geography(null=True, default=None, index=False)
    changed_at = Timestamptz(null=False)
    scanned_at = Timestamptz(null=True, default=None)


class QrBinding(Table, tablename="qr_binding"):
    """On which place a code hung, from when to when. Only `ended_*` is ever filled in later."""

    id = BigSerial(primary_key=True)
    code_id = ForeignKey(QrCode, null=False, on_delete=OnDelete.restrict, index=True)
    place_id = ForeignKey(_PLACE, null=False, on_delete=OnDelete.restrict, index=True)
    reason = Varchar(length=10, null=False)
    bound_at = Timestamptz(null=False)
    bound_by_id = ForeignKey(_ACCOUNT, null=True, default=None, on_delete=OnDelete.set_null)
    photo_id = UUID(null=True, default=None)
    distance_m = Real(null=True, default=None)
    accuracy_m = Real(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    end_reason = Varchar(length=10, null=True, default=None)


class QrChange(Table, tablename="qr_change"):
    """What bindings cannot tell: a code was damaged, repaired, replaced or revoked. Append only."""

    id = BigSerial(primary_key=True)
    code_id = ForeignKey(QrCode, null=False, on_delete=OnDelete.restrict, index=True)
    status = Varchar(length=10, null=False)
    successor = Varchar(length=12, null=True, default=None)
    note = Text(null=False, default="")
    changed_by_id = ForeignKey(_ACCOUNT, null=True, default=None, on_delete=OnDelete.set_null)
    changed_at = Timestamptz(null=False)


class QrScan(Table, tablename="qr_scan"):
    """A code was looked at. The distance is kept, the position is not: it would be a person's trail."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=12, null=False)
    account_id = BigInt(null=True, default=None)
    channel = Varchar(length=10, null=False)
    grade = Varchar(length=10, null=False)
    distance_m = Real(null=True, default=None)
    scanned_at = Timestamptz(null=False)


class QrPlateCheck(Table, tablename="qr_plate_check"):
    """Somebody should look at this plate: it is scanned where it does not hang. One open check per code."""

    id = BigSerial(primary_key=True)
    code_id = ForeignKey(QrCode, null=False, on_delete=OnDelete.restrict)
    far_scans = Integer(null=False)
    distance_m = Real(null=False)
    raised_at = Timestamptz(null=False)
    settled_at = Timestamptz(null=True, default=None)
    settled_by_id = ForeignKey(_ACCOUNT, null=True, default=None, on_delete=OnDelete.set_null)
    finding = Varchar(length=10, null=True, default=None)
