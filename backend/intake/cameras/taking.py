"""Take what a camera tells: its picture through the gate, then the message into its event, and what follows from that.

The camera's row is locked first, so messages of one camera are folded one after the other and those of others at once.
Message, event, facts, record and order are one transaction.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from backend import db
from backend.events import service as events
from backend.intake.cameras import kinds, rules
from backend.intake.cameras.errors import DetectionStale
from backend.intake.cameras.events import CameraEventSeen, CameraFound
from backend.intake.cameras.filing import file_event
from backend.intake.cameras.kinds import CameraEventKind
from backend.intake.cameras.pictures import photos_of
from backend.intake.cameras.rules import EventStanding
from backend.intake.cameras.structs import CameraState, Detection, DetectionReceipt, Fate, Spot
from backend.intake.cameras.writing import ADD_DETECTION, ADD_EVENT, FIND_DETECTION, FOLD, LATEST, LOCK_CAMERA, SET_NEXT
from backend.intake.sources import classes
from backend.intake.sources.structs import Source
from backend.sql import sql


class LockedCamera(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    camera_no: str
    name: str
    place_id: int | None
    area_code: str
    spot: Spot
    state: CameraState
    right_count: int
    wrong_count: int
    is_new: bool

    @property
    def weight(self) -> float:
        return rules.weight_of(self.right_count, self.wrong_count)


async def take(source: Source, detection: Detection, *, now: datetime) -> DetectionReceipt:
    """Take one message in. Sent again under the same number it changes nothing and gets the first one's receipt.

    Raises DetectionStale, and for its picture PictureUnreadable, PicturesTooMany and what the gate of `media` raises.
    """
    at = rules.instant_of(detection.at, now)
    if at is None:
        raise DetectionStale(seen_at=detection.at)
    earlier = await _find(source, detection)
    if earlier is None:
        photo_ids = await photos_of(source, detection, now)
        item_code = await classes.item_of(source.id, detection.class_code) or ""
        async with db.transaction():
            camera = await _lock(source, detection, now)
            earlier = await _find(source, detection)  # it came twice at once: the other one was first
            if earlier is None:
                kind = kinds.kind_of(detection.kind, item_code, camera.spot)
                await _note(source, camera, detection, kind, at, photo_ids, now)
    found = earlier if earlier is not None else await _find(source, detection)
    assert found is not None
    return msgspec.structs.replace(found, is_new=earlier is None, left_out=list(detection.left_out))


async def note_alive(source: Source, camera_no: str, now: datetime) -> None:
    """A sign of life. A number that nobody knows is no camera yet: platforms send them too."""
    await db.execute(
        "UPDATE camera SET seen_at = greatest(seen_at, $3) WHERE source_id = $1 AND camera_no = $2",
        *(source.id, camera_no, now),
    )


async def _find(source: Source, detection: Detection) -> DetectionReceipt | None:
    row = await db.fetchrow(FIND_DETECTION, source.id, detection.camera_no, detection.detection_no)
    return msgspec.convert(dict(row), DetectionReceipt) if row else None


async def _lock(source: Source, detection: Detection, now: datetime) -> LockedCamera:
    row = await db.fetchrow(
        sql(LOCK_CAMERA, source_id=source.id, camera_no=detection.camera_no, area_code=source.area_code, now=now)
    )
    assert row is not None
    camera = msgspec.convert(dict(row), LockedCamera)
    if camera.is_new:
        found = CameraFound(
            subject_id=camera.id, area_code=camera.area_code, camera_no=camera.camera_no, source=source.name
        )
        await events.record(found)
    return camera


async def _note(
    source: Source,
    camera: LockedCamera,
    detection: Detection,
    kind: CameraEventKind,
    at: datetime,
    photo_ids: list[UUID],
    now: datetime,
) -> None:
    """Put the message into its event, or begin one, and do what follows."""
    event_id, standing = await _fold(camera, detection, kind, at, photo_ids)
    await db.execute(ADD_DETECTION, camera.id, detection.detection_no, event_id, now)
    following = rules.next_of(standing, kind, camera.state, camera.weight, is_over=detection.is_over)
    if following.fate is Fate.FILED and standing.fate is not Fate.FILED:
        await file_event(source, event_id, now=now)
    ended_at = at if detection.is_over else None
    await db.execute(
        sql(SET_NEXT, event_id=event_id, fate=following.fate.value, level=following.level, ended_at=ended_at)
    )
    if following.level is not None:
        await events.record(_seen(event_id, camera, kind, at, following.level))


async def _fold(
    camera: LockedCamera, detection: Detection, kind: CameraEventKind, at: datetime, photo_ids: list[UUID]
) -> tuple[int, EventStanding]:
    latest = await db.fetchrow(LATEST, camera.id, kind.kind)
    is_same = latest is not None and rules.is_same(latest["first_at"], latest["last_at"], at, kind.window_min)
    if latest is not None and is_same:
        row = await db.fetchrow(sql(FOLD, event_id=latest["id"], at=at))
    else:
        row = await db.fetchrow(
            sql(
                ADD_EVENT,
                camera_id=camera.id,
                kind=kind.kind,
                class_code=detection.class_code,
                text=detection.text,
                at=at,
                photo_id=photo_ids[0] if photo_ids else None,
            )
        )
    assert row is not None
    return row["id"], EventStanding(
        first_at=row["first_at"],
        last_at=row["last_at"],
        fate=Fate(row["fate"]) if is_same else None,
        notified_percent=row["notified_percent"],
    )


def _seen(event_id: int, camera: LockedCamera, kind: CameraEventKind, at: datetime, level: int) -> CameraEventSeen:
    return CameraEventSeen(
        subject_id=event_id,
        version=level,
        area_code=camera.area_code,
        camera_id=camera.id,
        kind=kind.kind,
        title_zh=kind.title_zh,
        title_en=kind.title_en,
        place=camera.name or camera.camera_no,
        seen_at=at,
        percent=level,
        stays_min=kind.stays_min,
        is_urgent=True,
    )
