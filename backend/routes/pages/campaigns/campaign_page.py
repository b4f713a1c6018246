"""One campaign: what it still lacks, how far it is, and its start, end, copy and archive."""

from litestar import Response, get, post

from backend.campaigns import copying, coverage, lifecycle, queries
from backend.campaigns.forms import storing
from backend.campaigns.structs import CampaignState, CampaignView
from backend.campaigns.targets import reads as targets
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import assignee_words, frame
from backend.routes.pages.forms import read_form, word, words
from backend.words import CAMPAIGN_ABOUT, fitting


@get("/campaigns/{campaign_id:int}", guards=frame.READ, include_in_schema=False)
async def show_campaign(ctx: Ctx, campaign_id: Id) -> Response:
    return await _page(ctx, await queries.get_campaign(campaign_id, ctx.actor))


@post("/campaigns/{campaign_id:int}/state", guards=frame.MAKE, include_in_schema=False)
async def change_state(ctx: Ctx, campaign_id: Id) -> Response:
    """`act`: start, start_now, end, archive, copy."""
    form = await read_form(ctx)
    try:
        path = await _act(ctx, campaign_id, word(form, "act", 10), words(form, "note"))
    except AppError as error:
        return await _page(ctx, await queries.get_own(campaign_id, ctx.actor), error)
    return base.see_other(path)


async def _act(ctx: RequestContext, campaign_id: int, act: str, note: str) -> str:
    """Carry it out. Returns the page to go on with."""
    own = f"/campaigns/{campaign_id}"
    match act:
        case "start" | "start_now":
            await lifecycle.start(campaign_id, ctx.actor, ctx.now, at_once=act == "start_now")
            return f"{own}?done=started"
        case "end":
            await lifecycle.end(campaign_id, fitting(note, CAMPAIGN_ABOUT, "note"), ctx.actor, ctx.now)
            return f"{own}/report?done=ended"
        case "archive":
            await lifecycle.archive(campaign_id, ctx.actor)
            return f"{own}?done=archived"
        case "copy":
            copy_id = await copying.copy(campaign_id, ctx.actor, ctx.now)
            return f"/campaigns/{copy_id}?done=copied"
    raise BadRequest


async def _page(ctx: RequestContext, campaign: CampaignView, error: AppError | None = None) -> Response:
    counts = await targets.count_targets(campaign.id)
    placed = sum(each.placed for each in counts)
    is_draft = campaign.state is CampaignState.DRAFT
    rounds = [] if is_draft else await coverage.list_rounds(campaign.id)
    form = await storing.get_form(campaign.form_id)
    return await frame.show(
        ctx,
        "campaign",
        campaign,
        error,
        lacks=await lifecycle.list_lacking(campaign, placed, ctx.now) if is_draft else [],
        placed=placed,
        nowhere=sum(each.nowhere for each in counts),
        waiting=sum(each.waiting for each in counts),
        fields=len(form.content.fields),
        rounds=rounds,
        areas=await coverage.list_areas(rounds[0].id, ctx.actor) if rounds else [],
        who=await assignee_words.in_words(ctx, await queries.list_assignees(campaign.id)),
    )
