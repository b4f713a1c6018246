"""What is handed out under a link: never an original, never a byte that is not re-encoded."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from weakref import WeakValueDictionary

from backend import db
from media import keys, rules
from media.errors import PhotoGone
from media.kinds import MediaKind
from media.runtime import current_runtime
from media.service.copying import ensure_large
from media.storage import Stored
from media.structs import Variant

FRESH_FOR = timedelta(minutes=1)
_CURRENT = "SELECT revision FROM photo WHERE id = $1 AND link_version = $2"
_making: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


@dataclass(frozen=True, slots=True)
class Shown:
    key: str
    size_bytes: int
    media_type: str
    etag: str
    fresh_s: int
    """How long the browser may show it without asking whether the link still lives."""


async def find_shown(
    photo_id: UUID,
    variant: Variant,
    *,
    link_version: int,
    expires_s: int,
    signature: str,
    takes_webp: bool,
    now: datetime,
) -> Shown:
    """The copy under a link.

    Raises LinkNotValid, LinkExpired, and PhotoGone once all links to the photo were retired or the photo was removed.
    """
    rules.verify(
        current_runtime().link_key,
        photo_id,
        variant,
        link_version=link_version,
        expires_s=expires_s,
        signature=signature,
        now=now,
    )
    revision = await _revision(photo_id, link_version)
    kind, stored = await _find(photo_id, variant, revision, takes_webp)
    return Shown(
        key=stored.key,
        size_bytes=stored.size_bytes,
        media_type=kind,
        etag=f'"{photo_id.hex}-{revision}-{variant}-{kind.removeprefix("image/")}"',
        fresh_s=min(expires_s - int(now.timestamp()), int(FRESH_FOR.total_seconds())),
    )


def read_shown(shown: Shown, start: int, length: int) -> AsyncIterator[bytes]:
    return current_runtime().shown.read(shown.key, start, length)


async def _revision(photo_id: UUID, link_version: int) -> int:
    """Of the copies to show. Raises PhotoGone for a link that was retired."""
    revision = await db.fetchval(_CURRENT, photo_id, link_version)
    if revision is None:
        raise PhotoGone()
    return revision


async def _find(photo_id: UUID, variant: Variant, revision: int, takes_webp: bool) -> tuple[MediaKind, Stored]:
    for kind in (MediaKind.WEBP, MediaKind.JPEG) if takes_webp else (MediaKind.JPEG,):
        stored = await current_runtime().shown.find(keys.shown_key(photo_id, variant, revision, kind))
        if stored is not None:
            return kind, stored
    if variant is not Variant.LARGE:
        raise PhotoGone()
    return MediaKind.JPEG, await _make(photo_id, revision)


async def _make(photo_id: UUID, revision: int) -> Stored:
    """The worker has not come to it yet: make it now, once for however many ask."""
    key = keys.shown_key(photo_id, Variant.LARGE, revision)
    async with _making.setdefault(key, asyncio.Lock()):
        stored = await current_runtime().shown.find(key)
        if stored is None:
            await ensure_large(photo_id, revision)
            stored = await current_runtime().shown.find(key)
    if stored is None:
        raise PhotoGone()
    return stored
