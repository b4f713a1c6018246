"""账号合并: the page on which this browser waits to be joined by a link of another phone.

The link's token goes into a cookie and out of the address at once: it stands in no history and no referrer. The form
carries a print of it, so that nobody agrees to one link and sends another.
"""

import hashlib
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import Cookie

from backend import account_merges
from backend.account_merges import MergeLinkChanged
from backend.errors import AppError
from backend.reports import own_reports
from backend.routes.actions import merging, signing_in
from backend.routes.http import cookies, quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word

PATH = "/session/merge"
DONE = f"{PATH}?done=1"
_COOKIE = "merge_token"
_TOKEN_CHARS, _LIFE_S = 100, 600


@get(PATH, include_in_schema=False)
async def show_merge(ctx: Ctx) -> Response:
    """What would be joined, or under which number it waits; after it, how many reports there are now."""
    query = ctx.request.query_params
    if token := query.get("token", "")[:_TOKEN_CHARS]:
        return base.see_other(PATH, [_cookie(ctx, token, _LIFE_S)])
    return await (_done(ctx) if "done" in query else _page(ctx))


@post(PATH, include_in_schema=False)
async def request_merge(ctx: Ctx) -> Response:
    """Wait to be joined. A browser that has reported nothing yet may become one of that person's as well."""
    try:
        return base.see_other(PATH, await _request(ctx, word(await read_form(ctx), "print")))
    except AppError as error:
        return await _page(ctx, error)


async def _request(ctx: RequestContext, shown_print: str) -> list[Cookie]:
    """The cookies of the account that the browser gets for it, where it had none."""
    token, actor, given = _token(ctx), ctx.visitor, list[Cookie]()
    if shown_print != _print_of(token):
        raise MergeLinkChanged
    if actor is None:
        await account_merges.preview(token, None, ctx.now)
        tokens = await signing_in.open_device_session(ctx)
        actor = ctx.runtime.keys.open(tokens.access_token, ctx.now).actor
        given = cookies.session_cookies(tokens, is_https=ctx.settings.is_https)
    await merging.request(ctx, actor, token)
    return given


async def _page(ctx: RequestContext, error: AppError | None = None) -> Response:
    page, preview = await base.page_of(ctx), None
    try:
        await quotas.take_by_address(ctx, "sign-in-address")
        preview = await account_merges.preview(_token(ctx), ctx.visitor, ctx.now)
    except AppError as refused:
        error = error or refused
    status = error.status if error and _token(ctx) else 404 if error else 200
    more = {
        "merge": preview if error is None or isinstance(error, MergeLinkChanged) else None,
        "problem": base.problem_of(page, error) if error else None,
        "print": _print_of(_token(ctx)),
    }
    return base.html("session/merge.html", page, status=status, names_somebody=True, count=None, **more)


async def _done(ctx: RequestContext) -> Response:
    page = await base.page_of(ctx)
    count = await own_reports.count_own(page.actor.account_id) if page.actor else 0
    return base.html("session/merge.html", page, names_somebody=True, merge=None, problem=None, count=count)


def _token(ctx: RequestContext) -> str:
    return ctx.request.cookies.get(_COOKIE, "")[:_TOKEN_CHARS]


def _print_of(token: str) -> str:
    """Tells one link from another, and opens neither."""
    return hashlib.sha256(f"{PATH} {token}".encode()).hexdigest()


def _cookie(ctx: RequestContext, token: str, max_age_s: int) -> Cookie:
    """Of a token as we make them; what else stands in an address is none, and stays so in the letters of a header."""
    return Cookie(
        key=_COOKIE,
        value=quote(token, safe=""),
        max_age=max_age_s,
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=ctx.settings.is_https,
    )
