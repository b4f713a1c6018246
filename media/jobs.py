"""What the queue and the clock start in media. Payloads name a photo and its revision; all may run twice."""

from datetime import datetime
from typing import Any

import msgspec
import structlog

from media.service import copying, expiry, redacting, rehashing, uploading
from media.service.expiry import Retention
from media.structs import Copy

log = structlog.get_logger(__name__)


async def make_large(payload: Any) -> None:
    copy = msgspec.convert(payload, Copy)
    await copying.make_large(copy.photo_id, copy.revision)


async def make_webp(payload: Any) -> None:
    copy = msgspec.convert(payload, Copy)
    await copying.make_webp(copy.photo_id, copy.revision)


async def drop_copies(payload: Any) -> None:
    copy = msgspec.convert(payload, Copy)
    await redacting.drop_old_copies(copy.photo_id, copy.revision)


async def finish_uploads(now: datetime) -> None:
    """Each minute: uploads that were whole when the web was stopped become photos."""
    if finished := await uploading.finish_waiting(now):
        log.info("uploads_finished", count=finished)


async def apply_retention(retention: Retention, now: datetime) -> None:
    """Nightly: retention, unused photos, strays."""
    done = await expiry.apply_retention(retention, now, is_dry_run=False)
    log.info("photos_kept", **msgspec.structs.asdict(done))


async def hash_earlier() -> None:
    """Every few minutes, until no photo is left without the hashes of its parts."""
    if done := await rehashing.hash_parts_of_earlier():
        log.info("photos_hashed", photos=done)


JOBS = {"media.make_large": make_large, "media.make_webp": make_webp, "media.drop_copies": drop_copies}
