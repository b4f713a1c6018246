"""记录: what was filled in, the latest first; one with its photos and orders; and what is sealed, opened by few."""

from typing import Any

from litestar import Response, get, post

from backend.campaigns import queries
from backend.campaigns.forms import storing
from backend.campaigns.forms.filling import Value
from backend.campaigns.records import reads, unsealing
from backend.campaigns.records.structs import CampaignRecordView
from backend.campaigns.structs import CampaignView
from backend.errors import AppError
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame
from backend.structs import encode_cursor
from backend.web.views import campaign_form
from backend.web.views.campaign_form import AnswerRow

_CURSOR_CHARS = 200


@get("/campaigns/{campaign_id:int}/records", guards=frame.READ, include_in_schema=False)
async def show_records(ctx: Ctx, campaign_id: Id) -> Response:
    campaign = await queries.get_campaign(campaign_id, ctx.actor)
    query = ctx.request.query_params
    only_trouble, cursor = query.get("shown") == "trouble", query.get("cursor", "")[:_CURSOR_CHARS] or None
    found = await reads.list_records(campaign_id, ctx.actor, only_trouble=only_trouble, cursor=cursor)
    return await frame.show(ctx, "records", campaign, only_trouble=only_trouble, **await _listed(ctx, found))


@get("/campaign-records/{record_id:int}", guards=[signed_in], include_in_schema=False)
async def show_record(ctx: Ctx, record_id: Id) -> Response:
    return await _record(ctx, record_id)


@post("/campaign-records/{record_id:int}/open", guards=[signed_in], include_in_schema=False)
async def open_record(ctx: Ctx, record_id: Id) -> Response:
    """A press and not a link: that it was read is a fact."""
    try:
        opened = await unsealing.open_answers(record_id, ctx.actor, ctx.runtime.personal_seal, ctx.now)
    except AppError as error:
        return await _record(ctx, record_id, error=error)
    return await _record(ctx, record_id, opened)


async def _listed(ctx: RequestContext, found: list[CampaignRecordView]) -> dict[str, Any]:
    page = base.reader_of(ctx)
    forms = await storing.find_forms(sorted({record.form_id for record in found}))
    led_to = await reads.list_led_to([record.id for record in found])
    answers: dict[int, list[AnswerRow]] = {}
    for record in found:
        troubles = [each.field for each in led_to.get(record.id, [])]
        content = forms[record.form_id].content
        answers[record.id] = campaign_form.answers_of(content, record.answers, page, record.notes, troubles)
    is_full = len(found) == reads.PAGE_ROWS
    return {
        "records": found,
        "answers": answers,
        "led_to": led_to,
        "next_cursor": encode_cursor(found[-1].id) if is_full else None,
    }


async def _record(
    ctx: RequestContext, record_id: int, opened: dict[str, Value] | None = None, error: AppError | None = None
) -> Response:
    page = await base.page_of(ctx)
    detail = await reads.get_record(record_id, ctx.actor, ctx.now)
    campaign: CampaignView | None = await queries.find(detail.record.campaign_id)
    content = (await storing.get_form(detail.record.form_id)).content
    troubles = [each.field for each in detail.orders]
    record = detail.record
    return base.html(
        "campaigns/record.html",
        page,
        status=error.status if error else 200,
        detail=detail,
        record=record,
        campaign=campaign,
        answers=campaign_form.answers_of(content, record.answers, page, record.notes, troubles),
        opened=campaign_form.answers_of(content, opened, page, {}, []) if opened is not None else None,
        problem=base.problem_of(page, error) if error else None,
    )
