"""What was covered: the places of a committee's patrols on a map and in a table, the longest unvisited first."""

from datetime import timedelta

from litestar import Response, get

from backend.calendars.rules import shanghai_date
from backend.committees.patrols import coverage, rules
from backend.committees.patrols.coverage import PlaceCoverage
from backend.committees.patrols.errors import PatrolNotAllowed
from backend.places import vicinity
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.pages import base
from backend.routes.pages.patrols import committees
from backend.web.views import patrol_map
from backend.web.views.page import PageContext
from backend.web.views.patrol_map import PatrolMap

SPANS = (7, 30, 90)
"""Days back from today."""


@get("/patrols/coverage", guards=[signed_in], include_in_schema=False)
async def show_coverage(ctx: Ctx) -> Response:
    page, known = await base.page_of(ctx), await committees.list_committees(ctx.actor, rules.OVERSEERS)
    if not known:
        raise PatrolNotAllowed
    code, last = committees.selected(ctx, known), shanghai_date(ctx.now)
    days = _days(ctx.request.query_params.get("days", ""))
    first = last - timedelta(days=days - 1)
    figures = await coverage.list_coverage([code] if code else [each.code for each in known], first, last)
    places = await coverage.list_places(code, first, last) if code else []
    span = {"days": days, "spans": SPANS, "first": first, "last": last}
    shown = {"figures": figures, "places": places, "map": await _map(page, places), "age": patrol_map.age_of}
    return base.html("patrols/coverage.html", page, committees=known, code=code, **span, **shown)


async def _map(page: PageContext, places: list[PlaceCoverage]) -> PatrolMap | None:
    frame = patrol_map.frame_of([place.point for place in places])
    if frame is None:
        return None
    roads = await vicinity.list_roads(frame.middle, max(frame.half_m, frame.half_high_m))
    return patrol_map.coverage_of(frame, roads, places, page.now)


def _days(typed: str) -> int:
    return int(typed) if typed in map(str, SPANS) else SPANS[1]
