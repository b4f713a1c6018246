"""Cameras of a town's source, and what they tell."""

import json
from base64 import b64encode
from datetime import datetime
from typing import Any

from backend.accounts.structs import Actor
from backend.calendars.rules import SHANGHAI
from backend.intake.cameras import registry, taking
from backend.intake.cameras.structs import CameraClaim, Detection, DetectionReceipt, Spot
from backend.intake.sources.structs import Source, SourceKind
from tests.makers.intake import make_source
from tests.makers.photos import jpeg

CAMERA = "31011500001190000001"


async def make_camera_source(now: datetime, **changes: Any) -> Source:
    return await make_source(now, kind=SourceKind.CAMERAS, title_zh="视频平台", title_en="Video platform", **changes)


def seen(number: str, at: datetime, **changes: Any) -> Detection:
    """One message of the camera about rubbish, with a picture."""
    fields: dict[str, Any] = {"camera_no": CAMERA, "detection_no": number, "at": at, "kind": "rubbish"}
    fields["pictures"] = (jpeg(shade=int(number) + 1),)
    return Detection(**(fields | changes))


async def make_camera(source: Source, place_id: int, by: Actor, now: datetime, spot: Spot = Spot.STREET) -> int:
    """A camera in use at a place. It has told one thing before it was claimed."""
    first = await tell(source, seen("0", now, kind="water", pictures=()), now)
    await registry.claim(first.camera_id, CameraClaim(place_id=place_id, name="2 号梯", spot=spot), by, now)
    return first.camera_id


async def tell(source: Source, detection: Detection, now: datetime) -> DetectionReceipt:
    return await taking.take(source, detection, now=now)


def viid_images(*numbers: str, at: datetime, event_sort: int = 21, picture: bytes | None = None, **more: Any) -> bytes:
    """The body of POST /VIID/Images, an image for each number."""
    local = at.astimezone(SHANGHAI).strftime("%Y%m%d%H%M%S")
    data = b64encode(jpeg(shade=5) if picture is None else picture).decode()

    def image(number: str) -> dict[str, Any]:
        info = {"ImageID": number, "DeviceID": CAMERA, "EventSort": event_sort, "ShotTime": local, "FileFormat": "Jpeg"}
        return {"ImageInfo": info, "Data": data, **more}

    return json.dumps({"ImageListObject": {"Image": [image(number) for number in numbers]}}).encode()
