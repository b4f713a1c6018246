"""What is handed out under a link: never an original, never a byte that is not re-encoded."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from media import keys, rules
from media.errors import PhotoGone
from media.room import here
from media.structs import Variant


@dataclass(frozen=True, slots=True)
class Shown:
    key: str
    size_bytes: int
    media_type: str
    etag: str
    fresh_s: int
    """How long the browser may keep it: as long as the link lives."""


async def find_shown(
    photo_id: UUID, variant: Variant, *, revision: int, expires_s: int, signature: str, now: datetime
) -> Shown:
    """The copy under a link. Raises LinkNotValid, LinkExpired, and PhotoGone once the copy was re-made or removed."""
    room = here()
    rules.verify(room.link_key, photo_id, variant, revision=revision, expires_s=expires_s, signature=signature, now=now)
    key = keys.shown_key(photo_id, variant, revision)
    stored = await room.shown.find(key)
    if stored is None:
        raise PhotoGone()
    return Shown(
        key=key,
        size_bytes=stored.size_bytes,
        media_type="image/jpeg",
        etag=f'"{photo_id.hex}-{revision}-{variant}"',
        fresh_s=expires_s - int(now.timestamp()),
    )


def read_shown(shown: Shown, start: int, length: int) -> AsyncIterator[bytes]:
    return here().shown.read(shown.key, start, length)
