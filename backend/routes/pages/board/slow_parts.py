"""What changes slowly on the wall: days, early signs, campaigns, and the ground of its map.

It is of the area and the same for everybody who may look at it, so it is read at most every half minute for each area
and process: the indicators follow by a minute, early signs are looked for every two hours.
"""

from datetime import timedelta

import msgspec

from backend.calendars.rules import shanghai_date
from backend.campaigns.running import RunningCampaign, list_running
from backend.committees.overview.structs import Overview
from backend.indicators import queries as indicators
from backend.indicators.structs import Grain, IndicatorFigure
from backend.maps.ground import Ground, read_ground
from backend.public_opinion import queries as opinion
from backend.public_opinion.structs import OpinionMatter, WarningVerdict
from backend.routes.http.recent_answers import RecentAnswers
from backend.routes.http.request_context import RequestContext
from backend.web.views import day_chart

LIFE = timedelta(seconds=30)
AREAS_MOST = 500
REPORTED, CLOSED = "reports", "closed_orders"
MATTERS_MOST, CAMPAIGNS_MOST = 5, 5
_MATTERS_READ = 50


class SlowParts(msgspec.Struct, frozen=True, kw_only=True):
    days: list[IndicatorFigure]
    matters: list[OpinionMatter]
    campaigns: list[RunningCampaign]
    ground: Ground


def parts_at_hand() -> RecentAnswers[SlowParts]:
    return RecentAnswers(LIFE, AREAS_MOST)


async def slow_parts(ctx: RequestContext, overview: Overview) -> SlowParts:
    """For whoever may read overview and desk of this area, which the overview has seen to."""

    async def read() -> SlowParts:
        return SlowParts(
            days=await _days(ctx, overview.area_code),
            matters=await _matters(ctx, overview.area_code),
            campaigns=await list_running(overview.area_code, CAMPAIGNS_MOST),
            ground=await read_ground([overview.area_code]),
        )

    return await ctx.runtime.wall_parts.get(overview.area_code, ctx.now, read)


async def _days(ctx: RequestContext, area: str) -> list[IndicatorFigure]:
    return await indicators.read_figures([REPORTED, CLOSED], [area], day_chart.fortnight_to(ctx.now), Grain.DAY)


async def _matters(ctx: RequestContext, area: str) -> list[OpinionMatter]:
    """Of the seven days that end today; those that the desk called a false alarm are left out."""
    found = await opinion.list_emerging([area], _MATTERS_READ, shanghai_date(ctx.now))
    return [each for each in found if each.verdict is not WarningVerdict.FALSE_ALARM][:MATTERS_MOST]
