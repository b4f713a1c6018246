"""What is refused of a camera: counted by its source's day; what was seen with a broken picture waits for a person."""

from datetime import datetime

import msgspec

from backend.errors import AppError
from backend.intake.cameras.errors import DetectionStale
from backend.intake.records import receiving
from backend.intake.sources import refusals
from backend.intake.sources.structs import Source

PICTURE = "picture"


async def refuse(
    source: Source, detection_no: str, error: AppError, *, now: datetime, seen: dict[str, str] | None = None
) -> None:
    """Count a refusal. `seen`: what the message says without its pictures, where it says enough to be judged."""
    await refusals.count(source.name, error.code, now)
    if not detection_no or not seen or isinstance(error, DetectionStale):
        return
    await receiving.keep_unreadable(
        source, msgspec.json.encode(seen), error.code, source_no=detection_no, reason=PICTURE, now=now
    )
