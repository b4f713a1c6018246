"""Make an order of an event, by the mouth through which everything from outside goes."""

from datetime import datetime

import msgspec

from backend import db
from backend.intake.cameras import kinds
from backend.intake.records import receiving
from backend.intake.sources.structs import Source
from backend.intake.structs import Clues, Incoming

_EVENT = """
    SELECT e.kind, e.class_code, e.text, e.first_at, e.detection_count, e.photo_id,
           c.id AS camera_id, c.camera_no, c.name, c.place_id
      FROM camera_event e JOIN camera c ON c.id = e.camera_id WHERE e.id = $1
"""
_FILED = "UPDATE camera_event SET fate = 'filed', record_id = $2, order_id = $3 WHERE id = $1"


async def file_event(source: Source, event_id: int, *, now: datetime) -> None:
    """File an event, in the transaction of the message that made it due. It has one number at the source."""
    row = await db.fetchrow(_EVENT, event_id)
    assert row is not None
    kind = kinds.all_kinds().get(row["kind"], kinds.UNSURE)
    incoming = Incoming(
        source_no=f"event-{event_id}",
        occurred_at=row["first_at"],
        title=kind.title_zh,
        text=_text(row["name"] or row["camera_no"], row["text"], row["detection_count"]),
        clues=Clues(place_id=row["place_id"]),
        class_code=row["class_code"],
        item_code=kind.item_code,
        photo_ids=[row["photo_id"]] if row["photo_id"] else [],
        fold=f"camera:{row['camera_id']}:{row['kind']}",
    )
    receipt = await receiving.receive(source, incoming, msgspec.json.encode(incoming), now=now)
    await db.execute(_FILED, event_id, receipt.record_id, receipt.order_id)


def _text(camera: str, said: str, detections: int) -> str:
    """What the order says of it, in the language of the people who handle it."""
    return "。".join(part for part in (f"摄像头「{camera}」发现", said, f"上报 {detections} 次") if part)
