"""What the queue and the clock start in the photo room. Payloads name a photo and its revision; all may run twice."""

from typing import Any

import msgspec

from media.service import copying, redacting
from media.structs import Copy


async def make_large(payload: Any) -> None:
    copy = msgspec.convert(payload, Copy)
    await copying.make_large(copy.photo_id, copy.revision)


async def make_webp(payload: Any) -> None:
    copy = msgspec.convert(payload, Copy)
    await copying.make_webp(copy.photo_id, copy.revision)


async def drop_copies(payload: Any) -> None:
    copy = msgspec.convert(payload, Copy)
    await redacting.drop_old_copies(copy.photo_id, copy.revision)
