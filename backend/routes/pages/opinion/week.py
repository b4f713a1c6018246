"""社情民意: what rises in an area and week, beside the weeks before, each with its orders; and the town's warnings."""

from datetime import date, timedelta
from typing import Any

from litestar import Response, get

from backend.accounts.permissions import Permission, areas_of, may_within
from backend.errors import AppError
from backend.geo.area_codes import DISTRICT_CHARS, TOWN_CHARS
from backend.geo.area_sql import outermost
from backend.places import queries as places
from backend.public_opinion import queries, towns
from backend.public_opinion.detection.surprise import share_interval
from backend.public_opinion.queries import NEW_WEEKS, WEEKS_DRAWN
from backend.public_opinion.structs import MatterStanding, OpinionMatter, OpinionWeek
from backend.public_opinion.weeks import WEEK, week_at, weeks_to
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.opinion import asking
from backend.web.views import sparkline

_WEEKS_OFFERED = 26
_WARNED_WITHIN = timedelta(weeks=12)
_WARNINGS_MOST = 12
_AREAS_MOST = 400


_OF_NO_TOWN: dict[str, Any] = {"sources": {}, "rates": None}


@get("/opinion", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_week(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    return await page(ctx, await asking.area_of(ctx, query.get("area")), asking.week_of(ctx, query.get("week")))


async def page(ctx: RequestContext, area: str, week: date, error: AppError | None = None, typed: str = "") -> Response:
    """The page of an area and week; with what was refused, as it was typed."""
    shown = await base.page_of(ctx)
    problem = base.problem_of(shown, error) if error else None
    facts = await _facts(ctx, area, week)
    status = error.status if error else 200
    return base.html("opinion/week.html", shown, status=status, problem=problem, typed=typed, **facts)


async def _facts(ctx: RequestContext, area: str, week: date) -> dict[str, Any]:
    current = week_at(ctx.now)
    [opinion] = await queries.read_week([area], week)
    found = await queries.list_matters([area], current - _WARNED_WITHIN, current + WEEK)
    warned = sorted((each for each in found if each.is_warned), key=_by_standing)
    readable = outermost([each for each in areas_of(ctx.actor, Permission.READ_DESK) if each])
    areas = await places.list_names(readable, [area[:TOWN_CHARS]], _AREAS_MOST)
    return {
        "opinion": opinion,
        "area": area,
        "is_district": len(area) == DISTRICT_CHARS,
        "week": week,
        "last_day": week + WEEK - timedelta(days=1),
        "weeks": weeks_to(current, _WEEKS_OFFERED)[::-1],
        "areas": [each for each in areas if len(each.code) >= DISTRICT_CHARS],
        "names": {each.code: each.name for each in areas},
        "drawn": weeks_to(week, WEEKS_DRAWN),
        "new_weeks": NEW_WEEKS,
        "line": sparkline.line_of,
        "warned": warned[:_WARNINGS_MOST],
        **(await _facts_of_town(ctx, area, week, opinion) if len(area) > DISTRICT_CHARS else _OF_NO_TOWN),
    }


async def _facts_of_town(ctx: RequestContext, area: str, week: date, opinion: OpinionWeek) -> dict[str, Any]:
    """What a district has not: from where the words come, and the rates of the town."""
    shown = sorted({each.word_id for each in (*opinion.hot, *opinion.new, *opinion.places)})
    rates = await towns.view_rates(area[:TOWN_CHARS], week)
    return {
        "sources": await queries.list_sources(area, week, shown) if shown else {},
        "rates": rates,
        "usual": towns.USUAL,
        "judged": share_interval(rates.false_alarms, rates.false_alarms + rates.useful),
        "sets": may_within(ctx.actor, Permission.SET_WARNINGS, area[:TOWN_CHARS]),
    }


def _by_standing(matter: OpinionMatter) -> tuple[bool, int]:
    """What nobody dealt with stands first, the latest first."""
    return matter.standing is not MatterStanding.OPEN, -matter.id
