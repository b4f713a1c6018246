"""Pictures of cameras on their way to the one gate: counted and measured before anything is decoded."""

import binascii
from base64 import b64decode
from datetime import datetime
from uuid import UUID

from backend.intake.cameras.errors import PicturesTooMany, PictureUnreadable
from backend.intake.cameras.structs import Detection
from backend.intake.sources.structs import Source
from backend.structs import IdempotencyKey
from media import queries as photos
from media import service as media
from media.errors import PhotoTooLarge
from media.runtime import current_runtime

PICTURES_MOST = 3
"""A scene, a close-up, a second view: more of one instant says nothing more."""


async def photos_of(source: Source, detection: Detection, now: datetime) -> list[UUID]:
    """The photos of a message, made now or before; others' photos are none of its.

    Raises PicturesTooMany, and what the gate raises.
    """
    if len(detection.pictures) + len(detection.photo_ids) > PICTURES_MOST:
        raise PicturesTooMany(most=PICTURES_MOST)
    found = [each for each in detection.photo_ids if await photos.find_photo(each, source.account_id, now)]
    for number, picture in enumerate(detection.pictures, start=1):
        key = IdempotencyKey(f"{detection.camera_no[-40:]}:{detection.detection_no}:{number}"[-128:])
        receipt = await media.receive(source.account_id, picture, idempotency_key=key, now=now)
        found.append(receipt.photo.id)
    return found


def decoded(text: str) -> bytes:
    """The bytes of base64, as long as a photo may be. Raises PhotoTooLarge before decoding, PictureUnreadable."""
    limit = current_runtime().limits.file_max_bytes
    if len(text) * 3 // 4 > limit + 3:
        raise PhotoTooLarge(limit)
    try:
        return b64decode(text.translate(_BLANKS), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureUnreadable from error


_BLANKS = str.maketrans("", "", "\r\n\t ")
"""Some platforms break the lines of base64."""
