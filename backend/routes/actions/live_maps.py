"""A page's map that can be moved: the version of the ground and where to look, in one statement."""

from collections.abc import Sequence
from typing import Any

from backend.maps.ground import Ground, read_ground, read_version
from backend.maps.tile_matrix import Bounds
from backend.routes.http.request_context import RequestContext
from backend.web.views import dot_map
from backend.web.views.dot_map import DotPoint
from backend.web.views.live_map import LiveMap, PictureService, map_of
from backend.web.views.page import PageContext

DESK_ORDERS = "/tiles/desk/{z}/{x}/{y}.mvt"
"""The open orders of a filter of the desk, whose words come behind a `?`."""
STAFF_ORDERS = "/tiles/orders/{z}/{x}/{y}.mvt"
"""All open orders of which the reader is staff."""


async def map_of_areas(
    ctx: RequestContext, page: PageContext, label: str, areas: Sequence[str], **options: Any
) -> LiveMap:
    """Looks at these areas, by their codes; "" is everywhere. `options`: see `views/live_map.py`."""
    return map_of(page, await read_ground(areas), label, service=service_of(ctx), **options)


async def map_within(
    ctx: RequestContext, page: PageContext, label: str, bounds: Bounds | None, **options: Any
) -> LiveMap:
    """Looks at these bounds; without them, options say where."""
    return map_of(page, Ground(await read_version(), bounds), label, service=service_of(ctx), **options)


async def map_of_dots(
    ctx: RequestContext, page: PageContext, label: str, dots: Sequence[DotPoint], anchor: str
) -> LiveMap:
    """Single devices, each leading to its row on the page."""
    return await map_within(ctx, page, label, dot_map.bounds_of(dots), marks=dot_map.marks_of(dots, anchor))


def service_of(ctx: RequestContext) -> PictureService | None:
    """The town's own map beneath ours, where one is set up."""
    service = ctx.runtime.tile_service
    if service is None:
        return None
    addresses = [f"/tiles/service/{sheet}/{{z}}/{{x}}/{{y}}" for sheet in range(len(service.settings.templates))]
    return PictureService(addresses, service.settings.credit)
