"""Pictures that are named by an address. An address in a request is somebody else's word for where we should go.

So none is followed unless the town has named its host for this endpoint; a redirect is not followed either. What is not
fetched stays a line of text, for a person to open. What is fetched goes through the one gate for photos.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from backend import logs
from backend.errors import AppError
from backend.intake.sources.structs import Source
from backend.intake.structs import PHOTOS_MOST
from backend.structs import IdempotencyKey
from media import service as media

if TYPE_CHECKING:
    import httpx

_PATIENCE_S = 20.0
"""For all pictures of a request."""
_LINK_MOST = 500

log = logs.get_logger()


def may_follow(url: str, hosts: Sequence[str]) -> bool:
    """Whether the address leads to a host that the town has named, and nowhere else."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and (parts.hostname or "") in hosts and "@" not in parts.netloc
    except ValueError:
        return False


async def take_in(
    urls: Sequence[str], hosts: Sequence[str], source: Source, now: datetime
) -> tuple[list[UUID], list[str]]:
    """The photos that were fetched, and the addresses that stay text. `hosts`: those that the town has named."""
    photo_ids, links = list[UUID](), list[str]()
    deadline = asyncio.get_running_loop().time() + _PATIENCE_S
    for url in [each for each in urls if len(each) <= _LINK_MOST][:PHOTOS_MOST]:
        photo_id = await _fetch(url, source, now, deadline) if may_follow(url, hosts) else None
        if photo_id is None:
            links.append(url)
        else:
            photo_ids.append(photo_id)
    return photo_ids, links


async def _fetch(url: str, source: Source, now: datetime, deadline: float) -> UUID | None:
    import httpx  # loaded with the first picture: most processes fetch none

    key = IdempotencyKey(sha256(url.encode()).hexdigest())
    try:
        async with (
            asyncio.timeout_at(deadline),
            httpx.AsyncClient(timeout=_PATIENCE_S, follow_redirects=False) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != 200:
                return None
            receipt = await media.receive(source.account_id, _bytes(answer), idempotency_key=key, now=now)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, AppError) as error:
        log.info("picture_not_fetched", source=source.name, error=type(error).__name__)
        return None
    return receipt.photo.id


async def _bytes(answer: "httpx.Response") -> AsyncIterator[bytes]:
    async for piece in answer.aiter_bytes():
        yield piece
