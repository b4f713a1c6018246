"""账号合并: the page on which a person joins this browser with another phone, and the one that shows a link for it.

The link's token goes into a cookie and out of the address at once: it stands in no history and no referrer.
"""

from litestar import Response, get, post
from litestar.datastructures import Cookie

from backend import account_merges
from backend.errors import AppError
from backend.reports import own_reports
from backend.routes.actions import merging, signing_in
from backend.routes.http import cookies, quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base

PATH = "/session/merge"
_LINK_PAGE = "/session/merge-link"
_COOKIE = "merge_token"
_TOKEN_CHARS, _LIFE_S = 100, 600


@get(PATH, include_in_schema=False)
async def show_merge(ctx: Ctx) -> Response:
    """What would be joined; after it, how many reports there are now."""
    query = ctx.request.query_params
    if token := query.get("token", "")[:_TOKEN_CHARS]:
        return base.see_other(PATH, [_cookie(ctx, token, _LIFE_S)])
    return await (_done(ctx) if "done" in query else _page(ctx))


@post(PATH, include_in_schema=False)
async def confirm_merge(ctx: Ctx) -> Response:
    """Join them. A browser that has reported nothing yet becomes one of that person's as well."""
    given: list[Cookie] = []
    actor = ctx.visitor
    try:
        if actor is None:
            await account_merges.preview(_token(ctx), None, ctx.now)
            tokens = await signing_in.open_device_session(ctx)
            actor = ctx.runtime.keys.open(tokens.access_token, ctx.now).actor
            given = cookies.session_cookies(tokens, is_https=ctx.settings.is_https)
        await merging.merge(ctx, actor, _token(ctx))
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other(f"{PATH}?done=1", [*given, _cookie(ctx, "", 0)])


@get(_LINK_PAGE, guards=[signed_in], include_in_schema=False)
async def explain_link(ctx: Ctx) -> Response:
    return base.html("session/merge_link.html", await base.page_of(ctx), link=None)


@post(_LINK_PAGE, guards=[signed_in], include_in_schema=False)
async def show_link(ctx: Ctx) -> Response:
    """A link to open on the other phone, and as a symbol to scan from there. It serves for ten minutes."""
    from qr import links, render  # libraries for pictures: loaded when somebody wants one

    made = await merging.make_link(ctx)
    symbol = render.svg(links.symbol_of(made.link))
    page = await base.page_of(ctx)
    return base.html("session/merge_link.html", page, names_somebody=True, link=made.link, symbol=symbol)


async def _page(ctx: RequestContext, error: AppError | None = None) -> Response:
    page, preview = await base.page_of(ctx), None
    try:
        await quotas.take_by_address(ctx, "sign-in-address")
        preview = await account_merges.preview(_token(ctx), ctx.visitor, ctx.now)
    except AppError as refused:
        error = error or refused
    status = error.status if error and _token(ctx) else 404 if error else 200
    problem = base.problem_of(page, error) if error else None
    return base.html(
        "session/merge.html", page, status=status, names_somebody=True, merge=preview, problem=problem, count=None
    )


async def _done(ctx: RequestContext) -> Response:
    page = await base.page_of(ctx)
    count = await own_reports.count_own(page.actor.account_id) if page.actor else 0
    return base.html("session/merge.html", page, names_somebody=True, merge=None, problem=None, count=count)


def _token(ctx: RequestContext) -> str:
    return ctx.request.cookies.get(_COOKIE, "")[:_TOKEN_CHARS]


def _cookie(ctx: RequestContext, token: str, max_age_s: int) -> Cookie:
    return Cookie(
        key=_COOKIE,
        value=token,
        max_age=max_age_s,
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=ctx.settings.is_https,
    )
