"""收尾报告: what came of a campaign: rounds, what was found, which orders are open, and counts of what is sealed."""

from litestar import Response, get

from backend.campaigns import queries, report, rules
from backend.campaigns.forms import storing, wording
from backend.campaigns.records import counting
from backend.campaigns.structs import CampaignView
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame

_ROUNDS_SHOWN = 30


@get("/campaigns/{campaign_id:int}/report", guards=frame.READ, include_in_schema=False)
async def show_report(ctx: Ctx, campaign_id: Id) -> Response:
    return await _page(ctx, await queries.get_campaign(campaign_id, ctx.actor))


async def _page(ctx: RequestContext, campaign: CampaignView) -> Response:
    page, content = base.reader_of(ctx), (await storing.get_form(campaign.form_id)).content
    is_whole = rules.reads_whole(ctx.actor, campaign.area_code)  # a count knows no area
    sealed = await counting.list_counts(campaign.id, content) if is_whole else {}
    fields = {field.key: field for field in content.fields}
    return await frame.show(
        ctx,
        "report",
        campaign,
        rounds=(await report.list_rounds(campaign.id, ctx.actor))[:_ROUNDS_SHOWN],
        troubles=await report.list_troubles(campaign.id, ctx.actor),
        areas=await report.list_areas(campaign.id, ctx.actor),
        label=lambda key: wording.label_of(fields[key], page.lang) if key in fields else key,
        sealed=[
            (wording.label_of(fields[key], page.lang), [(words, counts.get(code, 0)) for code, words in options])
            for key, counts in sealed.items()
            if (options := wording.options_of(fields[key], page.lang))
        ],
        few=counting.FEW,
    )
