"""双报备 for those who have to agree: the property company, and the committee."""

import msgspec
from litestar import Response, get, post

from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.web.views import pickups as view
from shops.pickup.renovation import filing, waiting
from shops.pickup.renovation.structs import FilingDecision


@get("/pickups/filings", guards=[signed_in], include_in_schema=False)
async def show_filings(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/pickups/filings/{filing_id:int}", guards=[signed_in], include_in_schema=False)
async def decide(ctx: Ctx, filing_id: Id) -> Response:
    form = await read_form(ctx)
    said = {
        "party": word(form, "party", 10),
        "is_agreed": word(form, "answer", 6) == "agree",
        "reason": words(form, "reason"),
    }
    try:
        await filing.decide(filing_id, msgspec.convert(said, FilingDecision), ctx.actor, ctx.now)
    except msgspec.ValidationError as error:
        return await _page(ctx, BadRequest("pickup-form-wrong"), error)
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other("/pickups/filings?done=decided")


async def _page(ctx: RequestContext, error: AppError | None = None, _: Exception | None = None) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    return base.html(
        "pickups/filings.html",
        page,
        status=error.status if error else 200,
        filings=await waiting.list_waiting(ctx.actor),
        yuan=view.yuan,
        done="decided" if query.get("done") == "decided" and not error else "",
        problem=base.problem_of(page, error) if error else None,
    )
