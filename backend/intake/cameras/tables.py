"""The tables of cameras, nothing else. Checks stand in the migrations."""

from piccolo.columns import UUID, BigSerial, ForeignKey, Integer, LazyTableReference, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Camera(Table, tablename="camera"):
    """摄像头: a camera of a source by the number that it has there; unknown until somebody says where it hangs."""

    id = BigSerial(primary_key=True)
    source_id = ForeignKey(LazyTableReference("IntakeSource", app_name="intake"), null=False, default=None, **_KEEP)
    camera_no = Varchar(length=64, null=False, default=None)
    name = Varchar(length=120, null=False, default="")
    place_id = ForeignKey(LazyTableReference("Place", app_name="places"), null=True, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    """The area of its place; of an unknown camera the area of its source."""
    spot = Varchar(length=8, null=False, default="other")
    state = Varchar(length=7, null=False, default="unknown")
    right_count = Integer(null=False, default=0)
    wrong_count = Integer(null=False, default=0)
    seen_at = Timestamptz(null=True, default=None)
    """Its last sign of life."""
    claimed_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    claimed_at = Timestamptz(null=True, default=None)


class CameraEvent(Table, tablename="camera_event"):
    """事件: what one camera saw of one kind within a window, however often it said so."""

    id = BigSerial(primary_key=True)
    camera_id = ForeignKey(Camera, null=False, default=None, **_KEEP)
    kind = Varchar(length=24, null=False, default=None)
    class_code = Varchar(length=80, null=False, default="")
    text = Varchar(length=500, null=False, default="")
    first_at = Timestamptz(null=False, default=None)
    last_at = Timestamptz(null=False, default=None)
    detection_count = Integer(null=False, default=1)
    photo_id = UUID(null=True, default=None)
    """The first picture, as long as the event is of no order."""
    fate = Varchar(length=8, null=False, default=None)
    notified_percent = SmallInt(null=True, default=None)
    """The highest level of the ladder that was notified: percent of how long it may stay."""
    record_id = ForeignKey(LazyTableReference("IntakeRecord", app_name="intake"), null=True, default=None, **_KEEP)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)
    ended_at = Timestamptz(null=True, default=None)
    verdict = Varchar(length=5, null=True, default=None)
    """`right` or `wrong`: what came of its order, or what somebody said who looked."""


class CameraDetection(Table, tablename="camera_detection"):
    """One message of a camera, by its own number: sent again it changes nothing."""

    id = BigSerial(primary_key=True)
    camera_id = ForeignKey(Camera, null=False, default=None, **_KEEP)
    detection_no = Varchar(length=80, null=False, default=None)
    event_id = ForeignKey(CameraEvent, null=False, default=None, **_KEEP)
    received_at = Timestamptz(null=False, default=None)


class ViidRegistration(Table, tablename="viid_registration"):
    """A platform or camera that registered by HTTP digest: so long its number is believed from that address."""

    id = BigSerial(primary_key=True)
    source_id = ForeignKey(LazyTableReference("IntakeSource", app_name="intake"), null=False, default=None, **_KEEP)
    device_no = Varchar(length=20, null=False, default=None)
    address = Varchar(length=45, null=False, default=None)
    until = Timestamptz(null=False, default=None)
