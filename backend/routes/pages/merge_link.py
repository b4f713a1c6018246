"""账号合并: the page that shows a link for the other phone, and on which the person agrees to what waits by it.

Nothing is joined before the number of the other phone was typed here: whoever photographs the symbol has another one.
"""

import unicodedata

from litestar import Response, get, post

from backend import account_merges
from backend.errors import AppError
from backend.routes.actions import merging
from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base, merge
from backend.routes.pages.forms import read_form, word

PATH = "/session/merge-link"


@get(PATH, guards=[signed_in], include_in_schema=False)
async def explain_link(ctx: Ctx) -> Response:
    return await _page(ctx)


@post(PATH, guards=[signed_in], include_in_schema=False)
async def show_link(ctx: Ctx) -> Response:
    """A link to open on the other phone, and as a symbol to scan from there. It serves for ten minutes."""
    from qr import links, render  # libraries for pictures: loaded when somebody wants one

    made = await merging.make_link(ctx)
    return await _page(ctx, link=made.link, symbol=render.svg(links.symbol_of(made.link)))


@post(f"{PATH}/requests", guards=[signed_in], include_in_schema=False)
async def show_request(ctx: Ctx) -> Response:
    """Who waits under the number that was typed, before anything is joined."""
    number = await _number(ctx)
    try:
        await quotas.take_by_address(ctx, "sign-in-address")
        count = await account_merges.preview_request(number, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, error)
    return await _page(ctx, number=number, count=count)


@post(f"{PATH}/confirmations", guards=[signed_in], include_in_schema=False)
async def confirm_merge(ctx: Ctx) -> Response:
    """Join them."""
    try:
        await merging.merge(ctx, await _number(ctx))
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other(merge.DONE)


async def _page(
    ctx: RequestContext,
    error: AppError | None = None,
    *,
    link: str | None = None,
    symbol: str = "",
    number: str = "",
    count: int = 0,
) -> Response:
    page = await base.page_of(ctx)
    return base.html(
        "session/merge_link.html",
        page,
        status=error.status if error else 200,
        names_somebody=True,
        link=link,
        symbol=symbol,
        number=number,
        count=count,
        problem=base.problem_of(page, error) if error else None,
    )


async def _number(ctx: RequestContext) -> str:
    """As it was typed, without the spaces and the wide digits of some keyboards."""
    return "".join(unicodedata.normalize("NFKC", word(await read_form(ctx), "number", 20)).split())
