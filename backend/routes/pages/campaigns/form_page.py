"""表单: the fields of a campaign in their order, its kinds of targets, and a look at it as those see it who go."""

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from msgspec.structs import replace

from backend.campaigns import making, queries
from backend.campaigns.forms import checking, editing, storing
from backend.campaigns.forms.fields import NO, YES, CampaignField, CampaignFieldKind, FormContent, TroubleRule
from backend.campaigns.structs import CampaignView
from backend.errors import AppError, BadRequest
from backend.items import queries as items
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame
from backend.routes.pages.campaigns.check_page import PHOTOS_OF_A_FIELD, CheckDraft
from backend.routes.pages.campaigns.frame import item_in
from backend.routes.pages.forms import read_form, word, words
from backend.web.views import campaign_form
from backend.web.views.item_choices import categories
from backend.words import NOTE, fitting

AT_ONCE = (CampaignFieldKind.YES_NO, CampaignFieldKind.TEXT, CampaignFieldKind.PHOTO, CampaignFieldKind.DATE)
"""Fields of which a line says all."""


@get("/campaigns/{campaign_id:int}/form", guards=frame.MAKE, include_in_schema=False)
async def show_form(ctx: Ctx, campaign_id: Id) -> Response:
    return await _page(ctx, await queries.get_own(campaign_id, ctx.actor))


@get("/campaigns/{campaign_id:int}/preview", guards=frame.MAKE, include_in_schema=False)
async def show_preview(ctx: Ctx, campaign_id: Id) -> Response:
    """As whoever goes sees it, of one kind of target; nothing can be sent from here."""
    return await _preview(ctx, await queries.get_own(campaign_id, ctx.actor))


@post("/campaigns/{campaign_id:int}/form", guards=frame.MAKE, include_in_schema=False)
async def change_form(ctx: Ctx, campaign_id: Id) -> Response:
    """`act`: kinds, up, down, delete; several: a field for each line of `lines`."""
    campaign, form = await queries.get_own(campaign_id, ctx.actor), await read_form(ctx)
    content = (await storing.get_form(campaign.form_id)).content
    try:
        if word(form, "act", 10) == "several":
            changed = editing.add_fields(content, fitting(words(form, "lines"), NOTE, "lines"), _pattern(form))
        else:
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


def _pattern(form: FormMultiDict) -> CampaignField:
    """What all of them are: required or not, and of yes or no the answer that opens an order of an item."""
    kind = next((each for each in AT_ONCE if each.value == word(form, "kind", 12)), CampaignFieldKind.YES_NO)
    bad, item = word(form, "bad", 3), item_in(form)
    opens = kind is CampaignFieldKind.YES_NO and bad in (YES, NO) and item
    return CampaignField(
        key="x",
        kind=kind,
        zh="x",
        is_required=word(form, "is_required", 1) == "1",
        trouble=TroubleRule(item=item, values=[bad]) if opens else None,
    )


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
        at_once=AT_ONCE,
        categories=categories(await items.list_open()),
    )
