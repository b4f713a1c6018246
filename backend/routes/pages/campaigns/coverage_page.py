"""覆盖: how far a round of a campaign is, by committee, on a map, and target by target."""

from typing import Any

from litestar import Response, get

from backend.campaigns import coverage, queries
from backend.campaigns.coverage import CoverageFilter, CoveredTarget, RoundView
from backend.campaigns.forms import storing
from backend.campaigns.rounds.structs import CampaignTaskState
from backend.campaigns.structs import CampaignView
from backend.geo.area_codes import is_area
from backend.routes.actions import live_maps
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame
from backend.web.views import dot_map
from backend.web.views.dot_map import DotPoint


@get("/campaigns/{campaign_id:int}/coverage", guards=frame.READ, include_in_schema=False)
async def show_coverage(ctx: Ctx, campaign_id: Id) -> Response:
    campaign = await queries.get_campaign(campaign_id, ctx.actor)
    rounds = await coverage.list_rounds(campaign_id)
    query = ctx.request.query_params
    named = frame.number_in(query, "round")
    current = next((each for each in rounds if each.id == named), rounds[0] if rounds else None)
    facts = await _covered(ctx, campaign, current) if current else {"areas": [], "targets": [], "drawn": None}
    return await frame.show(ctx, "coverage", campaign, rounds=rounds, current=current, tone=tone_of, **facts)


async def _covered(ctx: RequestContext, campaign: CampaignView, current: RoundView) -> dict[str, Any]:
    query = ctx.request.query_params
    area = query.get("area", "")
    area = area if is_area(area) else ""
    shown = next((each for each in CoverageFilter if each == query.get("shown")), CoverageFilter.ALL)
    targets = await coverage.list_targets(current.id, ctx.actor, area_code=area, shown=shown)
    dots, label = [_dot(each) for each in targets], base.reader_of(ctx).t("campaign.tab.coverage")
    content = (await storing.get_form(campaign.form_id)).content
    return {
        "areas": await coverage.list_areas(current.id, ctx.actor),
        "targets": targets,
        "is_cut": len(targets) >= coverage.TARGETS_MOST,
        "drawn": dot_map.map_of(dots),
        "live_map": await live_maps.map_of_dots(ctx, base.reader_of(ctx), label, dots, "target"),
        "area": area,
        "shown": shown,
        "filters": list(CoverageFilter),
        "kinds": {kind.code: kind for kind in content.kinds},
    }


def tone_of(target: CoveredTarget) -> str:
    """What a target looks like: trouble and a miss before what is to be done again or at all."""
    if target.state is CampaignTaskState.MISSED or target.troubles:
        return "bad"
    if target.state is CampaignTaskState.DONE:
        return "good"
    return "warn" if target.tries else "plain"


def _dot(target: CoveredTarget) -> DotPoint:
    return DotPoint(target.task_id, target.label, target.point.lng, target.point.lat, tone_of(target))
