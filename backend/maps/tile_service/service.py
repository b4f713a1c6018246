"""Fetches tiles from the town's service: each once a day, a few at a time, pictures alone, and only of the town."""

import asyncio
import logging
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from backend import logs
from backend.calendars.rules import shanghai_date
from backend.maps import ground
from backend.maps.tile_cache import TileCache
from backend.maps.tile_matrix import Bounds, MapTile
from backend.maps.tile_service.settings import TileServiceSettings

if TYPE_CHECKING:
    import httpx

LEVEL_MOST = 18
_TIMEOUT_S, _CONNECT_S = 8.0, 3.0
_BYTES_MOST = 512 * 1024
_CACHE_BYTES = 32 * 1024 * 1024
_AT_ONCE = 8
_EVERYWHERE_BELOW = 8
"""So few tiles show so much that they need not be the town's."""
_BOUNDS_S = 60.0
_AROUND = 0.5
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}

log = logs.get_logger()


class ServicePicture(NamedTuple):
    media_type: str
    content: bytes


class TileService:
    """One for a process; holds connections once it was asked: close it."""

    def __init__(self, settings: TileServiceSettings, *, timeout_s: float = _TIMEOUT_S) -> None:
        self.settings = settings
        self._timeout_s = timeout_s
        self._http: httpx.AsyncClient | None = None
        self._cache = TileCache(_CACHE_BYTES)
        self._under_way: dict[tuple[object, ...], asyncio.Task[ServicePicture | None]] = {}
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._bounds: tuple[float, Bounds | None] = (-_BOUNDS_S, None)

    async def close(self) -> None:
        for task in [*self._under_way.values()]:
            task.cancel()
        if self._http is not None:
            await self._http.aclose()

    async def covers(self, tile: MapTile) -> bool:
        """Whether the tile shows something of the town, or so much that it must: nobody uses our key for elsewhere."""
        if tile.level < _EVERYWHERE_BELOW:
            return True
        clock = asyncio.get_running_loop().time()
        if clock - self._bounds[0] >= _BOUNDS_S:
            self._bounds = (clock, (await ground.read_ground([""])).bounds)
        bounds = self._bounds[1]
        return bounds is not None and bounds.widened(_AROUND).meets(tile.bounds)

    def holds(self, sheet: int, tile: MapTile, now: datetime) -> bool:
        """Whether the picture is at hand, so that the service is not asked."""
        return self._cache.get(_key(sheet, tile, now)) is not None

    async def fetch(self, sheet: int, tile: MapTile, now: datetime) -> ServicePicture | None:
        """The picture; None where the service gives none. Whoever asks for the same meanwhile waits for the same."""
        key = _key(sheet, tile, now)
        if (held := self._cache.get(key)) is not None:
            return ServicePicture(_type_of(held), held)
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._ask(sheet, tile))
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        picture = await asyncio.shield(task)
        if picture is not None:
            self._cache.put(key, picture.content)
        return picture

    async def _ask(self, sheet: int, tile: MapTile) -> ServicePicture | None:
        """Says in the log what went wrong, never the address, which holds the key."""
        import httpx  # loaded with the first tile: most towns have no such service

        try:
            # The wait for its turn counts: a silent service holds nobody up for longer than one tile.
            async with asyncio.timeout(self._timeout_s), self._at_once:
                return await self._get(self.settings.address(sheet, *tile))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            log.warning("tile_service_silent", sheet=sheet, error=type(error).__name__)
            return None

    async def _get(self, address: str) -> ServicePicture | None:
        from backend import http_client  # loaded with the first tile, as its library

        try:
            answer = await http_client.ask(self._client(), "GET", address, patience_s=self._timeout_s, most=_BYTES_MOST)
        except http_client.AnswerTooLarge:
            log.warning("tile_service_too_large")
            return None
        if answer.status_code != 200:
            log.warning("tile_service_refused", status=answer.status_code)
            return None
        media_type = _type_of(answer.content)
        if not media_type:
            log.warning("tile_service_no_picture")
        return ServicePicture(media_type, answer.content) if media_type else None

    def _client(self) -> "httpx.AsyncClient":
        import httpx

        if self._http is None:
            # It writes each address, with everything in it, at INFO.
            logging.getLogger("httpx").setLevel(logging.WARNING)
            timeout = httpx.Timeout(self._timeout_s, connect=_CONNECT_S)
            self._http = httpx.AsyncClient(timeout=timeout, follow_redirects=False)
        return self._http


def _key(sheet: int, tile: MapTile, now: datetime) -> tuple[int, MapTile, date]:
    return sheet, tile, shanghai_date(now)


def _type_of(content: bytes | bytearray) -> str:
    """By its first bytes; empty for what is no picture that we pass on."""
    return next((kind for start, kind in _PICTURES.items() if content.startswith(start)), "")
