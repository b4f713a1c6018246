"""表单: the fields of a campaign in their order, its kinds of targets, and a look at it as those see it who go."""

from litestar import Response, get, post
from msgspec.structs import replace

from backend.campaigns import making, queries
from backend.campaigns.forms import checking, editing, storing
from backend.campaigns.forms.fields import CampaignFieldKind, FormContent
from backend.campaigns.structs import CampaignView
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame
from backend.routes.pages.campaigns.check_page import PHOTOS_OF_A_FIELD, CheckDraft
from backend.routes.pages.forms import read_form, word, words
from backend.web.views import campaign_form


@get("/campaigns/{campaign_id:int}/form", guards=frame.MAKE, include_in_schema=False)
async def show_form(ctx: Ctx, campaign_id: Id) -> Response:
    return await _page(ctx, await queries.get_own(campaign_id, ctx.actor))


@get("/campaigns/{campaign_id:int}/preview", guards=frame.MAKE, include_in_schema=False)
async def show_preview(ctx: Ctx, campaign_id: Id) -> Response:
    """As whoever goes sees it, of one kind of target; nothing can be sent from here."""
    return await _preview(ctx, await queries.get_own(campaign_id, ctx.actor))


@post("/campaigns/{campaign_id:int}/form", guards=frame.MAKE, include_in_schema=False)
async def change_form(ctx: Ctx, campaign_id: Id) -> Response:
    """`act`: kinds, up, down, delete."""
    campaign, form = await queries.get_own(campaign_id, ctx.actor), await read_form(ctx)
    content = (await storing.get_form(campaign.form_id)).content
    try:
        changed = _changed(content, word(form, "act", 10), word(form, "key", 40), words(form, "kinds"))
        await making.set_content(campaign_id, changed, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, campaign, error)
    return base.see_other(f"/campaigns/{campaign_id}/form?done=saved")


def _changed(content: FormContent, act: str, key: str, kinds: str) -> FormContent:
    match act:
        case "kinds":
            return replace(content, kinds=editing.read_kinds(kinds, content.kinds))
        case "up":
            return editing.move_field(content, key, -1)
        case "down":
            return editing.move_field(content, key, 1)
        case "delete":
            return editing.remove_field(content, key)
    raise BadRequest


async def _preview(ctx: RequestContext, campaign: CampaignView) -> Response:
    content, page = (await storing.get_form(campaign.form_id)).content, await base.page_of(ctx)
    codes = [kind.code for kind in content.kinds]
    kind = ctx.request.query_params.get("kind", "")
    kind = kind if kind in codes else next(iter(codes), "")
    rows = campaign_form.rows_of(content, page, kind)
    facts = {
        "rows": rows,
        "kind": kind,
        "kinds": content.kinds,
        "draft": CheckDraft(),
        "photos_most": PHOTOS_OF_A_FIELD,
    }
    return await frame.show(ctx, "preview", campaign, **facts)


async def _page(ctx: RequestContext, campaign: CampaignView, error: AppError | None = None) -> Response:
    content, page = (await storing.get_form(campaign.form_id)).content, await base.page_of(ctx)
    return await frame.show(
        ctx,
        "form",
        campaign,
        error,
        rows=campaign_form.rows_of(content, page),
        faults={fault.field for fault in checking.faults_of(content)},
        kinds=content.kinds,
        kinds_text=editing.write_kinds(content.kinds),
        field_kinds=list(CampaignFieldKind),
    )
