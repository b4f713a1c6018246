"""Tiles of maps: the ground for everybody, open orders for their staff, a town's own service through us.

An address names level, column and row as XYZ does. `.mvt` and `.pbf` are the same: a Mapbox vector tile, packed. What
is not there is 404, an empty tile 204. The version of the ground in `?v=` makes its tiles good for a year.
"""

import gzip
import hashlib
from collections.abc import Awaitable, Callable

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.errors import NotFound
from backend.maps import base_tiles, ground, order_tiles
from backend.maps.tile_matrix import LEVEL_MOST, MapTile, read_tile
from backend.maps.tile_service.service import LEVEL_MOST as SERVICE_LEVEL_MOST
from backend.orders.desk import DeskTab
from backend.routes.actions.desk_filters import read_filter, write_filter
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires, signed_in
from backend.routes.http.limits import address_of
from backend.routes.http.request_context import RequestContext

_MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_SUFFIXES = (".mvt", ".pbf")
_A_YEAR, _A_MINUTE = "public, max-age=31536000, immutable", "public, max-age=60"
_OWN = "private, max-age=10"
_A_DAY = "public, max-age=86400"
_PACKED_FROM = 200
_VERSION_MOST = 80


@get("/tiles/base/{z:str}/{x:str}/{y:str}", include_in_schema=False)
async def get_base_tile(ctx: Ctx, z: FromPath[str], x: FromPath[str], y: FromPath[str]) -> Response[bytes]:
    content, policy = await _base_tile(ctx, _tile(z, x, y), ctx.request.query_params.get("v", ""))
    return _answer(ctx.request, content, policy)


@get("/tiles/base/version", include_in_schema=False)
async def get_base_version(ctx: Ctx) -> Response[str]:
    """The present one, for maps that begin later than their page."""
    ctx.runtime.limits.tiles_by_address.take(address_of(ctx.request))
    return Response(await ground.read_version(), media_type="text/plain")


@get("/tiles/orders/{z:str}/{x:str}/{y:str}", guards=[signed_in], include_in_schema=False)
async def get_order_tile(ctx: Ctx, z: FromPath[str], x: FromPath[str], y: FromPath[str]) -> Response[bytes]:
    """All open orders of which the reader is staff."""
    tile = _order_tile(ctx, z, x, y)
    content = await _drawn_lately(ctx, tile, "staff", lambda: order_tiles.draw_scope(ctx.actor, tile, ctx.now))
    return _answer(ctx.request, content, _OWN)


@get("/tiles/desk/{z:str}/{x:str}/{y:str}", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def get_desk_tile(ctx: Ctx, z: FromPath[str], x: FromPath[str], y: FromPath[str]) -> Response[bytes]:
    """The orders that the desk's list has with the same words in its address."""
    desk_filter, _ = read_filter(ctx.request.query_params, without=DeskTab.ENDED)
    tile = _order_tile(ctx, z, x, y)
    content = await _drawn_lately(
        ctx,
        tile,
        f"desk?{write_filter(desk_filter)}",
        lambda: order_tiles.draw_desk(ctx.actor, tile, desk_filter, ctx.now),
    )
    return _answer(ctx.request, content, _OWN)


@get("/tiles/service/{sheet:str}/{z:str}/{x:str}/{y:str}", include_in_schema=False)
async def get_service_tile(
    ctx: Ctx, sheet: FromPath[str], z: FromPath[str], x: FromPath[str], y: FromPath[str]
) -> Response[bytes]:
    service = ctx.runtime.tile_service
    tile = read_tile(z, x, y, SERVICE_LEVEL_MOST)
    known = [str(number) for number in range(len(service.settings.templates))] if service else []
    if service is None or tile is None or sheet not in known or not await service.covers(tile):
        raise NotFound
    if not service.holds(int(sheet), tile, ctx.now):
        ctx.runtime.limits.service_tiles_by_address.take(address_of(ctx.request))
    picture = await service.fetch(int(sheet), tile, ctx.now)
    if picture is None:
        return Response(b"", status_code=502, headers={"cache-control": "no-store"}, media_type="image/png")
    return Response(picture.content, headers={"cache-control": _A_DAY}, media_type=picture.media_type)


async def _base_tile(ctx: RequestContext, tile: MapTile, seen: str) -> tuple[bytes, str]:
    """The tile and how long it is good: of the version that was asked for a year, of another one a minute."""
    held = ctx.runtime.base_tiles.get((seen, tile))
    if held is not None:
        return held, _A_YEAR
    ctx.runtime.limits.tiles_by_address.take(address_of(ctx.request))
    version = await ground.read_version()  # before the tile, so that the tile is no older
    content = _packed(await base_tiles.draw(tile))
    if seen != version or len(seen) > _VERSION_MOST:
        return content, _A_MINUTE
    ctx.runtime.base_tiles.put((seen, tile), content)
    return content, _A_YEAR


async def _drawn_lately(ctx: RequestContext, tile: MapTile, words: str, draw: Callable[[], Awaitable[bytes]]) -> bytes:
    """Counts from afar, which many screens of one account ask for at once; near by, orders as they are now."""
    if tile.level >= order_tiles.SINGLE_FROM:
        return await draw()
    return await ctx.runtime.counted_tiles.get((ctx.actor, tile, words), ctx.now, draw)


def _order_tile(ctx: RequestContext, level: str, column: str, row: str) -> MapTile:
    """One that this reader may have drawn now. Raises NotFound, TooMany."""
    tile = _tile(level, column, row)
    ctx.runtime.limits.order_tiles_by_reader.take(str(ctx.actor.account_id))
    return tile


def _tile(level: str, column: str, row: str) -> MapTile:
    """Raises NotFound."""
    suffix = row[-4:]
    tile = read_tile(level, column, row[:-4], LEVEL_MOST) if suffix in _SUFFIXES else None
    if tile is None:
        raise NotFound
    return tile


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=6, mtime=0) if content else b""


def _answer(request: Request, content: bytes, policy: str) -> Response[bytes]:
    """`content`: packed, or bare as it comes out of the database."""
    headers = {
        "cache-control": policy,
        "vary": "accept-encoding" if policy.startswith("public") else "cookie, accept-encoding",
    }
    if not content:
        return Response(b"", status_code=204, headers=headers, media_type=_MEDIA_TYPE)
    headers["etag"] = f'"{hashlib.blake2s(content, digest_size=8).hexdigest()}"'
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=_MEDIA_TYPE)
    is_packed = content[:2] == b"\x1f\x8b"
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(content) if is_packed else content, headers=headers, media_type=_MEDIA_TYPE)
    if not is_packed and len(content) > _PACKED_FROM:
        content, is_packed = _packed(content), True
    packing = {"content-encoding": "gzip"} if is_packed else {}
    return Response(content, headers=headers | packing, media_type=_MEDIA_TYPE)


TILES = (get_base_tile, get_base_version, get_order_tile, get_desk_tile, get_service_tile)
