"""专页: the campaigns of one's areas, and a new one out of a template, of another one, or empty."""

from datetime import timedelta

from litestar import Response, get, post

from backend.accounts.permissions import Permission, areas_of, may
from backend.accounts.structs import Role
from backend.campaigns import copying, making, queries, rules
from backend.campaigns.structs import Assignee, CampaignSettings, CampaignState, NewCampaign
from backend.campaigns.templates import list_templates
from backend.errors import AppError
from backend.geo.area_codes import TOWN_CHARS
from backend.places import queries as places
from backend.places.structs import AreaName
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns.frame import MAKE, READ
from backend.routes.pages.forms import read_form, row_number, word, words
from backend.words import CAMPAIGN_NAME_ZH, fitting

_AREAS_MOST = 300
_TABS = {
    "current": (CampaignState.RUNNING, CampaignState.DRAFT),
    "past": (CampaignState.ENDED, CampaignState.ARCHIVED),
}
_EMPTY_DAYS, _EARLIER_MOST = 7, 60
COPY = "copy"
"""Out of an earlier campaign."""


@get("/campaigns", guards=READ, include_in_schema=False)
async def show_campaigns(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/campaigns", guards=MAKE, include_in_schema=False)
async def make_campaign(ctx: Ctx) -> Response:
    """`from`: the code of a template; `copy` for the one of number `copied`; empty for an empty one of this `name`.

    It goes on where something is lacking: targets, of an empty one the form.
    """
    form = await read_form(ctx)
    source = word(form, "from", 40)
    try:
        if source == COPY:
            copy_id = await copying.copy(row_number(form, "copied"), ctx.actor, ctx.now)
            return base.see_other(f"/campaigns/{copy_id}?done=copied")
        campaign_id = await _make(ctx, source, word(form, "area", 12), words(form, "name"))
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other(f"/campaigns/{campaign_id}/{'targets' if source else 'form'}?done=made")


async def _make(ctx: RequestContext, template: str, area_code: str, name: str) -> int:
    """An empty one runs for a week, and inspectors of the area go: both may be changed."""
    if template:
        return await copying.from_template(template, area_code, ctx.actor, ctx.now)
    page, starts_at = base.reader_of(ctx), ctx.now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    called = fitting(name, CAMPAIGN_NAME_ZH, "name") or page.t("campaign.unnamed")
    settings = CampaignSettings(name_zh=called, starts_at=starts_at, ends_at=starts_at + timedelta(days=_EMPTY_DAYS))
    inspectors = Assignee(area_code="", role=Role.INSPECTOR)
    new = NewCampaign(area_code=area_code, settings=settings, assignees=[inspectors])
    return await making.create(new, ctx.actor, ctx.now)


async def _page(ctx: RequestContext, error: AppError | None = None) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    tab = "past" if query.get("tab") == "past" else "current"
    may_make = may(ctx.actor, Permission.DISPATCH_ORDERS)
    every = await queries.list_campaigns(ctx.actor, [state for states in _TABS.values() for state in states])
    return base.html(
        "campaigns/list.html",
        page,
        status=error.status if error else 200,
        tab=tab,
        tabs=list(_TABS),
        campaigns=[each for each in every if each.state in _TABS[tab]],
        earlier=[each for each in every if rules.may_make(ctx.actor, each.area_code)][:_EARLIER_MOST],
        may_make=may_make,
        templates=list_templates(),
        areas=await list_areas(ctx),
        problem=base.problem_of(page, error) if error else None,
    )


async def list_areas(ctx: RequestContext) -> list[AreaName]:
    """The areas of which the reader makes campaigns."""
    own = areas_of(ctx.actor, Permission.DISPATCH_ORDERS)
    towns = [area[:TOWN_CHARS] for area in own if len(area) >= TOWN_CHARS]
    return [each for each in await places.list_names(own, towns, _AREAS_MOST) if len(each.code) >= 6]
