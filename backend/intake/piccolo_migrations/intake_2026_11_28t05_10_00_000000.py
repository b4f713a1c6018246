"""Cameras, what they told, the events into which that is folded, and who registered by GA/T 1400."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import UUID, BigSerial, ForeignKey, Integer, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T05:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Cameras and their events"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class IntakeSource(Table, tablename="intake_source"):
    id = BigSerial(primary_key=True)


class IntakeRecord(Table, tablename="intake_record"):
    id = BigSerial(primary_key=True)


class Camera(Table, tablename="camera"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    camera_no = Varchar(length=64, null=False, default=None)
    name = Varchar(length=120, null=False, default="")
    place_id = ForeignKey(Place, null=True, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    spot = Varchar(length=8, null=False, default="other")
    state = Varchar(length=7, null=False, default="unknown")
    right_count = Integer(null=False, default=0)
    wrong_count = Integer(null=False, default=0)
    seen_at = Timestamptz(null=True, default=None)
    claimed_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    claimed_at = Timestamptz(null=True, default=None)


class CameraEvent(Table, tablename="camera_event"):
    id = BigSerial(primary_key=True)
    camera_id = ForeignKey(Camera, null=False, default=None, **_KEEP)
    kind = Varchar(length=24, null=False, default=None)
    class_code = Varchar(length=80, null=False, default="")
    text = Varchar(length=500, null=False, default="")
    first_at = Timestamptz(null=False, default=None)
    last_at = Timestamptz(null=False, default=None)
    detection_count = Integer(null=False, default=1)
    photo_id = UUID(null=True, default=None)
    fate = Varchar(length=8, null=False, default=None)
    notified_percent = SmallInt(null=True, default=None)
    record_id = ForeignKey(IntakeRecord, null=True, default=None, **_KEEP)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    ended_at = Timestamptz(null=True, default=None)
    verdict = Varchar(length=5, null=True, default=None)

class CameraDetection(Table, tablename="camera_detection"):
    id = BigSerial(primary_key=True)
    camera_id = ForeignKey(Camera, null=False, default=None, **_KEEP)
    detection_no = Varchar(length=80, null=False, default=None)
    event_id = ForeignKey(CameraEvent, null=False, default=None, **_KEEP)
    received_at = Timestamptz(null=False, default=None)


class ViidRegistration(Table, tablename="viid_registration"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    device_no = Varchar(length=20, null=False, default=None)
    address = Varchar(length=45, null=False, default=None)
    until = Timestamptz(null=False, default=None)


TABLES = (Camera, CameraEvent, CameraDetection, ViidRegistration)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "cameras")
