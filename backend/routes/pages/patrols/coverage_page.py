"""What was covered: the places of a committee's patrols on a map and in a table, the longest unvisited first."""

from datetime import timedelta
from typing import Any

from litestar import Response, get

from backend.calendars.rules import shanghai_date
from backend.committees.patrols import coverage, rules
from backend.committees.patrols.coverage import PatrolCoverage, PlaceCoverage
from backend.committees.patrols.errors import PatrolNotAllowed
from backend.geo.area_sql import outermost
from backend.places import vicinity
from backend.routes.actions import live_maps
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.routes.pages.patrols import committees
from backend.web.views import patrol_map
from backend.web.views.figures import share_in_words
from backend.web.views.live_map import LiveMap
from backend.web.views.page import PageContext
from backend.web.views.patrol_map import PatrolMap

SPANS = (7, 30, 90)
"""Days back from today."""


@get("/patrols/coverage", guards=[signed_in], include_in_schema=False)
async def show_coverage(ctx: Ctx) -> Response:
    """Of the area of the address, where the reader oversees it, else of all that the reader oversees."""
    page, overseen = await base.page_of(ctx), await committees.list_committees(ctx.actor, rules.OVERSEERS)
    if not overseen:
        raise PatrolNotAllowed
    area = _area(ctx)
    known = [each for each in overseen if each.code.startswith(area)]
    code, days = committees.selected(ctx, known), _days(ctx.request.query_params.get("days", ""))
    shown = {"area": area, "committees": known, "code": code, "days": days, "spans": SPANS}
    return base.html("patrols/coverage.html", page, **shown, **await _covered(ctx, page, code, area, days))


async def _covered(ctx: RequestContext, page: PageContext, code: str, area: str, days: int) -> dict[str, Any]:
    """The figures of a committee, an area or all of them, and of a committee its places too."""
    last = shanghai_date(ctx.now)
    first = last - timedelta(days=days - 1)
    areas = [code or area] if code or area else outermost(ctx.actor.areas_of(*rules.OVERSEERS))
    places = await coverage.list_places(code, first, last) if code else []
    drawn = await _map(page, places)
    return {
        "first": first,
        "last": last,
        "figures": await coverage.list_coverage(areas, first, last),
        "share": _share,
        "places": places,
        "map": drawn,
        "live_map": await _live_map(ctx, page, places, drawn) if drawn else None,
        "age": patrol_map.age_of,
    }


def _area(ctx: RequestContext) -> str:
    area = area_in(ctx.request.query_params.get("area"))
    return area if area and rules.may_oversee(ctx.actor, area) else ""


def _share(one: PatrolCoverage) -> str:
    return share_in_words(coverage.share_proved([one]))


async def _map(page: PageContext, places: list[PlaceCoverage]) -> PatrolMap | None:
    frame = patrol_map.frame_of([place.point for place in places])
    if frame is None:
        return None
    roads = await vicinity.list_roads(frame.middle, max(frame.half_m, frame.half_high_m))
    return patrol_map.coverage_of(frame, roads, places, page.now)


async def _live_map(ctx: RequestContext, page: PageContext, places: list[PlaceCoverage], drawn: PatrolMap) -> LiveMap:
    """The same places on a map that can be moved."""
    marks = patrol_map.coverage_marks(places, page.now)
    return await live_maps.map_within(
        ctx, page, page.t("patrol.coverage_map"), patrol_map.bounds_of(drawn.frame), marks=marks
    )


def _days(typed: str) -> int:
    return int(typed) if typed in map(str, SPANS) else SPANS[1]
