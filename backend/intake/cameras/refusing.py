"""What is refused of a camera: counted by its source's day; what was seen with a broken picture waits for a person."""

from datetime import datetime

import msgspec

from backend.errors import AppError
from backend.intake.cameras.errors import DetectionStale, ViidUnreadable
from backend.intake.records import receiving
from backend.intake.sources import refusals
from backend.intake.sources.structs import Source
from backend.intake.structs import SOURCE_NO_MOST

PICTURE = "picture"


async def refuse(
    source: Source, detection_no: str, error: AppError, *, now: datetime, seen: dict[str, str] | None = None
) -> None:
    """Count a refusal. `seen`: what the message says without its pictures, where it says enough to be judged."""
    await refusals.count(source.name, error.code, now)
    if detection_no and seen:
        await keep(source, detection_no, msgspec.json.encode(seen), error, now=now)


async def keep(source: Source, number: str, seen: bytes, error: AppError, *, now: datetime) -> None:
    """Leave what a refused message says without its pictures to a person; what is old is nobody's work."""
    if not isinstance(error, DetectionStale):
        number = number[-SOURCE_NO_MOST:]
        await receiving.keep_unreadable(source, seen, error.code, source_no=number, reason=PICTURE, now=now)


async def keep_unread(source: Source, body: bytes, error: ViidUnreadable, *, now: datetime) -> None:
    """Count what cannot be read, and keep for a person that it came: a record for each such message.

    Of the message itself nothing is stored: there may be faces in it.
    """
    await refusals.count(source.name, error.code, now)
    number = receiving.number_for(body)
    await receiving.keep_unreadable(source, b"", str(error.extra["error"]), source_no=number, now=now)
