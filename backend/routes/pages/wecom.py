"""Signing in through WeCom, and 绑定企业微信: linking one's own account to the member that one is there."""

from dataclasses import replace
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.structs import PASSWORD_MOST
from backend.errors import AppError, NotFound
from backend.routes.actions import signing_in, wecom_state
from backend.routes.http import cookies, quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base, wecom_entry
from backend.routes.pages.forms import read_form
from backend.routes.pages.session import sign_in_page
from backend.web.views.homes import home_of
from push.gateways.wecom import runtime as wecom
from push.gateways.wecom import sign_in
from push.gateways.wecom.runtime import WecomRuntime

_LINK_PAGE = "/inbox/wecom"
_CODE_CHARS = 512


@get("/sign-in/wecom", include_in_schema=False)
async def go_to_wecom(ctx: Ctx) -> Redirect:
    """Off to WeCom, which asks who is there, and back."""
    _runtime()
    return wecom_entry.redirect(ctx, ctx.request.query_params.get("next", ""), [])


@get(wecom_entry.BACK, include_in_schema=False)
async def come_back(ctx: Ctx) -> Response:
    """Signed in as the member of staff who is linked, or linked where the password was typed before.

    Whoever cannot be signed in finds out why where the password is typed, and comes to the same page by it.
    """
    state = wecom_state.WecomState("", 0)
    try:
        state = _state_of(ctx)
        userid = await _userid_of(ctx)
        if not state.account_id:
            return await _enter(ctx, userid, state.back)
    except AppError as error:
        return _refusal(ctx, state.back, error)
    await _link(ctx, state.account_id, userid)
    return base.see_other(f"{_LINK_PAGE}?linked=1", [_forgotten(ctx)])


def _state_of(ctx: RequestContext) -> wecom_state.WecomState:
    cookie, said = ctx.request.cookies.get(wecom_state.COOKIE, ""), ctx.request.query_params.get("state", "")
    return wecom_state.read(ctx.settings.secret, cookie, said, ctx.now)


async def _userid_of(ctx: RequestContext) -> str:
    await quotas.take_by_address(ctx, "sign-in-address")
    return await sign_in.find_userid(_runtime(), ctx.request.query_params.get("code", "")[:_CODE_CHARS])


def _refusal(ctx: RequestContext, back: str, error: AppError) -> Response:
    page = replace(base.reader_of(ctx), path=f"/sign-in?next={quote(back)}")
    response = sign_in_page(page, back, error=error)
    response.set_cookie(wecom_entry.tried(ctx))
    return response


async def _enter(ctx: RequestContext, userid: str, back: str) -> Redirect:
    tokens = await signing_in.sign_in_by_identity(ctx, "wecom", userid)
    actor = ctx.runtime.keys.open(tokens.access_token, ctx.now).actor
    session = cookies.session_cookies(tokens, is_https=ctx.settings.is_https)
    return base.see_other(back or home_of(actor), [_forgotten(ctx), *session])


def _forgotten(ctx: RequestContext) -> Cookie:
    return wecom_state.spent(is_https=ctx.settings.is_https)


@get(_LINK_PAGE, guards=[signed_in], include_in_schema=False)
async def show_link(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    return await _page(ctx, linked="linked" in query, unlinked="unlinked" in query)


@post(_LINK_PAGE, guards=[signed_in], include_in_schema=False)
async def begin_link(ctx: Ctx) -> Response:
    """The password first; then a link to WeCom, since a form may not lead to another site."""
    password = (await read_form(ctx)).get("password")
    typed = password[:PASSWORD_MOST] if isinstance(password, str) else ""
    try:
        await accounts.confirm_password(ctx.actor.account_id, typed, ctx.now, quotas.network_of(ctx.request))
    except AppError as error:
        return await _page(ctx, problem=error)
    settings = ctx.settings
    state, cookie = wecom_state.give(
        settings.secret, ctx.now, is_https=settings.is_https, account_id=ctx.actor.account_id
    )
    response = await _page(ctx, leads_to=_authorize_url(ctx, state))
    response.cookies.append(cookie)
    return response


@post(f"{_LINK_PAGE}/unlink", guards=[signed_in], include_in_schema=False)
async def unlink(ctx: Ctx) -> Redirect:
    """No message goes to WeCom any more, and nobody signs in by it. Twice is the same."""
    _runtime()
    await accounts.unlink_staff(ctx.actor.account_id, "wecom", quotas.network_of(ctx.request))
    return base.see_other(f"{_LINK_PAGE}?unlinked=1")


async def _link(ctx: RequestContext, account_id: int, userid: str) -> None:
    if ctx.actor.account_id != account_id:
        raise wecom_state.WecomStateLost
    await accounts.link_staff(account_id, "wecom", userid, ctx.now, quotas.network_of(ctx.request))


async def _page(
    ctx: RequestContext,
    *,
    linked: bool = False,
    unlinked: bool = False,
    leads_to: str = "",
    problem: AppError | None = None,
) -> Response:
    _runtime()
    page = await base.page_of(ctx)
    return base.html(
        "staff/wecom_link.html",
        page,
        status=problem.status if problem else 200,
        is_linked=await queries.find_subject(ctx.actor.account_id, "wecom") is not None,
        linked=linked,
        unlinked=unlinked,
        leads_to=leads_to,
        problem=base.problem_of(page, problem) if problem else None,
    )


def _authorize_url(ctx: RequestContext, state: str) -> str:
    return sign_in.authorize_url(_runtime().settings, f"{ctx.settings.base_url}{wecom_entry.BACK}", state)


def _runtime() -> WecomRuntime:
    """Raises NotFound where this instance has no WeCom."""
    runtime = wecom.current_runtime()
    if runtime is None:
        raise NotFound
    return runtime
