"""快速上报: an inspector's home. A photo, a matter, a place, and on to the next, many times a day.

A plain form; with scripts the same goes through the phone's outbox, also without network.
"""

from dataclasses import replace
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.errors import AppError
from backend.reports import service as reports
from backend.reports.structs import ReportReceipt, Submission
from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import door_of
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, FormPhotos, read_form, word
from backend.routes.pages.inspectors import field_form, place_choice
from backend.routes.pages.inspectors.place_choice import PlaceChoice
from backend.routes.pages.resident import landing
from backend.routes.pages.resident.landing import ReportDraft

_GUARDS = [field_form.on_the_beat]
_NUMBER_MOST = 20


@get("/quick-report", guards=_GUARDS, include_in_schema=False)
async def show_quick_report(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    done = query.get("done", "")[:_NUMBER_MOST]
    draft = ReportDraft(item=query.get("item", "")[:8])
    return await show_with(
        ctx, draft, await place_choice.of_address(ctx), done=done if done.replace("-", "").isalnum() else ""
    )


@post(
    "/quick-report/place",
    guards=_GUARDS,
    include_in_schema=False,
    status_code=200,
    request_max_body_size=FORM_MAX_BYTES,
)
async def choose_place(ctx: Ctx) -> Response:
    """The page again with places to choose from, and with all that came."""
    form = await read_form(ctx)
    draft, photos = await _read(ctx, form)
    return await show_with(ctx, draft, await place_choice.read(ctx, form), photos.refused)


@post("/quick-report", guards=_GUARDS, include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def send_quick_report(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    choice = await place_choice.read(ctx, form)
    draft, photos = await _read(ctx, form)
    try:
        photos.check()
        choice.check()
        receipt = await _submit(ctx, draft, choice)
    except AppError as error:
        return await show_with(ctx, draft, choice, error)
    goes_on = word(form, "then") == "again"
    same = {"item": draft.item, "where": choice.address, "nonce": choice.nonce} if goes_on else {}
    return base.see_other(f"/quick-report?{urlencode({'done': receipt.number} | same)}")


async def _read(ctx: RequestContext, form: FormMultiDict) -> tuple[ReportDraft, FormPhotos]:
    photos = await landing.take_report_photos(ctx, form, ctx.actor)
    return replace(field_form.draft_of(form, "description"), photos=photos.stored), photos


async def _submit(ctx: RequestContext, draft: ReportDraft, choice: PlaceChoice) -> ReportReceipt:
    """File the report and charge the quota of its sender, a repeat not twice. Raises AppError."""
    taken = await quotas.take(ctx, "report", ctx.actor, door=door_of(choice.code, choice.fix))
    submission = Submission(
        idempotency_key=draft.idempotency_key,
        code=choice.code,
        nonce=choice.nonce or None,
        point=choice.fix,
        item=draft.item,
        description=draft.description,
        photo_ids=[photo.id for photo in draft.photos["photo_ids"]],
    )
    sent = await reports.submit_anew(submission, ctx.actor, base_url=ctx.settings.base_url, now=ctx.now)
    await quotas.give_back_unless(sent.is_new, taken)
    return sent.receipt


async def show_with(
    ctx: RequestContext, draft: ReportDraft, choice: PlaceChoice, error: AppError | None = None, done: str = ""
) -> Response:
    """The form with what is in it by now. `error`: why it was refused."""
    page = await base.page_of(ctx)
    problem = field_form.problem_of(page, error, draft) if error and error is not choice.problem else None
    status = error.status if error else choice.problem.status if choice.problem else 200
    facts = await field_form.facts_of(ctx, page, replace(draft, problem=problem), choice)
    return base.html("inspectors/quick_report.html", page, status=status, done=done, **facts)
