"""会话转交: a page in the web-view of the mini-program is opened as whoever is signed in there.

The link is followed by itself, by a redirect that carries the session's cookies. Where the web-view is somebody else's
already, its reader is asked first.
"""

from litestar import Response, get, post
from litestar.response import Redirect

from backend.accounts import service as accounts
from backend.routes.actions import web_view
from backend.routes.http import cookies, quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word

_PATH = "/session/hand-over"
_TOKEN_CHARS, _TO_CHARS = 100, 1000
_NO_REFERRER = {"referrer-policy": "no-referrer"}
# A form that is sent from a page without any referrer looks to older browsers like one of another site.
_ONLY_ORIGIN = {"referrer-policy": "strict-origin"}


@get(_PATH, include_in_schema=False)
async def open_hand_over(ctx: Ctx) -> Response:
    """The session that the mini-program gives, and on to the page that it opens."""
    web_view.require_web_view(ctx.request)
    await quotas.take_by_address(ctx, "sign-in-address")
    query = ctx.request.query_params
    token, to = query.get("token", "")[:_TOKEN_CHARS], _own_path(query.get("to", ""))
    account_id = await accounts.find_hand_over(token, ctx.now)
    if ctx.visitor is None:
        return await _take_over(ctx, token, to)
    if ctx.visitor.account_id != account_id:
        return await _question(ctx, token, to)
    await accounts.drop_hand_over(token, ctx.now)
    return _redirect(to)


@post(_PATH, include_in_schema=False)
async def confirm_hand_over(ctx: Ctx) -> Redirect:
    """The same in place of whoever was signed in there."""
    web_view.require_web_view(ctx.request)
    form = await read_form(ctx)
    return await _take_over(ctx, word(form, "token", _TOKEN_CHARS), _own_path(word(form, "to", _TO_CHARS)))


async def _question(ctx: RequestContext, token: str, to: str) -> Response:
    page = await base.page_of(ctx)
    response = base.html("session/hand_over.html", page, names_somebody=True, token=token, to=to)
    response.headers.update(_ONLY_ORIGIN)
    return response


async def _take_over(ctx: RequestContext, token: str, to: str) -> Redirect:
    agent, address = ctx.request.headers.get("user-agent", ""), quotas.network_of(ctx.request)
    tokens = await accounts.take_over(token, ctx.runtime.keys, ctx.now, agent, address)
    redirect = _redirect(to)
    redirect.cookies.extend(cookies.session_cookies(tokens, is_https=ctx.settings.is_https))
    return redirect


def _redirect(to: str) -> Redirect:
    redirect = base.see_other(to)
    redirect.headers.update(_NO_REFERRER)
    return redirect


def _own_path(path: str) -> str:
    return base.own_path(path) if len(path) <= _TO_CHARS and "\\" not in path else "/"
