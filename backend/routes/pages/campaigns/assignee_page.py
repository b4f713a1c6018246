"""谁去: roles, units and people who go, each within an area."""

from litestar import Response, get, post

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.campaigns import making, queries, rules
from backend.campaigns.errors import AssigneeUnknown
from backend.campaigns.structs import Assignee, CampaignView
from backend.errors import AppError
from backend.geo.area_codes import TOWN_CHARS
from backend.places import queries as places
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import assignee_words, frame
from backend.routes.pages.forms import read_form, row_number, word

_AREAS_MOST, _UNITS_MOST = 300, 200


@get("/campaigns/{campaign_id:int}/people", guards=frame.MAKE, include_in_schema=False)
async def show_assignees(ctx: Ctx, campaign_id: Id) -> Response:
    return await _page(ctx, await queries.get_own(campaign_id, ctx.actor))


@post("/campaigns/{campaign_id:int}/people", guards=frame.MAKE, include_in_schema=False)
async def set_assignees(ctx: Ctx, campaign_id: Id) -> Response:
    """Add one, or take the one that `remove` names away."""
    campaign, form = await queries.get_own(campaign_id, ctx.actor), await read_form(ctx)
    before, removed = await queries.list_assignees(campaign_id), word(form, "remove", 60)
    try:
        if removed:
            after = [each for each in before if assignee_words.value_of(each) != removed]
        else:
            area, username = word(form, "area", 12), word(form, "username", 60)
            after = [*before, await _assignee(area, word(form, "role", 20), row_number(form, "unit"), username)]
        await making.set_assignees(campaign_id, after, ctx.actor)
    except AppError as error:
        return await _page(ctx, campaign, error)
    return base.see_other(f"/campaigns/{campaign_id}/people?done=saved")


async def _assignee(area_code: str, role: str, unit_id: int, username: str) -> Assignee:
    """The first that is named: a person, a unit, a role. Raises AssigneeUnknown."""
    if username:
        account_id = await accounts.find_account_id(username)
        if account_id is None:
            raise AssigneeUnknown
        return Assignee(area_code=area_code, account_id=account_id)
    if unit_id:
        return Assignee(area_code=area_code, unit_id=unit_id)
    if role not in map(str, rules.GOING):
        raise AssigneeUnknown
    return Assignee(area_code=area_code, role=Role(role))


async def _page(ctx: RequestContext, campaign: CampaignView, error: AppError | None = None) -> Response:
    towns = [campaign.area_code[:TOWN_CHARS]] if len(campaign.area_code) >= TOWN_CHARS else []
    return await frame.show(
        ctx,
        "people",
        campaign,
        error,
        who=await assignee_words.in_words(ctx, await queries.list_assignees(campaign.id)),
        roles=[role.value for role in rules.GOING],
        units=await accounts.list_staffed_units([campaign.area_code], _UNITS_MOST),
        areas=await places.list_names([campaign.area_code], towns, _AREAS_MOST),
    )
