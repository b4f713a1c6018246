"""The wall's map as a picture, for who cannot be shown one that moves: fetched by those alone."""

from litestar import Response, get

from backend.accounts.permissions import Permission
from backend.committees.overview import queries as overviews
from backend.geo.area_codes import CELL_CHARS, COMMITTEE_CHARS
from backend.orders.desk import DeskFilter, list_cells, reading
from backend.places import outlines
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.web.views import grid_map
from backend.web.views import page as web

_CELLS_MAX = 600
_MEDIA_TYPE = "image/svg+xml"


@get("/board/map.svg", guards=[requires(Permission.READ_OVERVIEW)], include_in_schema=False)
async def show_drawing(ctx: Ctx) -> Response[str]:
    """Open orders by grid cell within the borders of the area."""
    area = overviews.require_area(ctx.actor, area_in(ctx.request.query_params.get("area")))
    async with reading():
        counted = [
            each
            for each in await list_cells(ctx.actor, DeskFilter(area=area), ctx.now, most=_CELLS_MAX)
            if len(each.code) in (CELL_CHARS, COMMITTEE_CHARS)
        ]
        cells = [each.code for each in counted if len(each.code) == CELL_CHARS]
        committees = [each.code for each in counted if len(each.code) == COMMITTEE_CHARS]
        drawing = await outlines.draw(cells, [area, *committees])
    drawn = grid_map.map_of(drawing, counted)
    svg = web.render("board/map.svg", base.reader_of(ctx), drawn=drawn)
    return Response(svg, media_type=_MEDIA_TYPE, headers={"cache-control": "no-store"})
