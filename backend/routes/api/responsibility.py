"""Who would get an order, and why, over HTTP: for those who dispatch, within their areas."""

from datetime import datetime
from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from backend import clock
from backend.accounts.permissions import Permission, may_within
from backend.calendars.rules import SHANGHAI
from backend.duty.structs import Post
from backend.errors import Forbidden, Invalid
from backend.geo.area_codes import CELL, MAPPED_AREA
from backend.geo.lonlat import LonLat
from backend.orders.assignment import responsibility
from backend.orders.assignment.responsibility import Responsibility
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires

Item = Annotated[str, QueryParameter(name="item", pattern="^[A-Z][0-9]{3}$", description="A sub-item such as A101")]
Area = Annotated[str, QueryParameter(name="area", pattern=f"^({MAPPED_AREA})$", description="区划代码")]
Grid = Annotated[str | None, QueryParameter(name="grid", pattern=f"^{CELL}$", description="网格代码")]
At = Annotated[datetime | None, QueryParameter(name="at", description="Now, unless told otherwise")]
Lng = Annotated[float | None, QueryParameter(name="lng", ge=-180, le=180, description="WGS-84 degrees east")]
Lat = Annotated[float | None, QueryParameter(name="lat", ge=-90, le=90, description="WGS-84 degrees north")]


class ResponsibilityController(Controller):
    path = "/responsibility"
    tags = ("orders",)
    guards = [requires(Permission.DISPATCH_ORDERS)]

    @get(operation_id="explain_responsibility", summary="Who would get an order here, by which rule, and why")
    async def explain(
        self,
        ctx: Ctx,
        item: Item,
        area: Area,
        grid: Grid = None,
        at: At = None,
        lng: Lng = None,
        lat: Lat = None,
    ) -> Responsibility:
        """Metres are told where a point is; where somebody on duty is, is told to nobody."""
        if not may_within(ctx.actor, Permission.DISPATCH_ORDERS, area):
            raise Forbidden(area=area)
        post = Post(item_code=item, area_code=area, grid_code=grid or "", point=_point(lng, lat))
        return await responsibility.explain(post, _instant(at or ctx.now))


def _point(lng: float | None, lat: float | None) -> LonLat | None:
    return LonLat(lng, lat) if lng is not None and lat is not None else None


def _instant(at: datetime) -> datetime:
    """The instant that is meant; without a zone it is Shanghai's. Raises Invalid for one that no clock shows."""
    if not clock.is_sane(at):
        raise Invalid("instant-out-of-range")
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)
