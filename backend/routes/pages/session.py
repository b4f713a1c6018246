"""Signing in and out on pages, the device's own session, and the reader's preferences."""

from dataclasses import replace

from litestar import Response, get, post
from litestar.datastructures import Cookie, FormMultiDict
from litestar.response import Redirect

from backend.accounts import service as accounts
from backend.accounts.structs import USERNAME_MOST, Credentials
from backend.errors import AppError
from backend.routes.actions import signing_in
from backend.routes.http import cookies, quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base, resumed_forms, wecom_entry
from backend.routes.pages.forms import read_form, word
from backend.routes.pages.resumed_forms import Carried
from backend.web.i18n.catalogue import LANGUAGES
from backend.web.views.homes import home_of
from backend.web.views.page import PageContext
from push.gateways.wecom import runtime as wecom


@get("/sign-in", include_in_schema=False)
async def show_sign_in(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    page = await base.page_of(ctx)
    back = base.own_path(query.get("next"), "")
    return sign_in_page(page, back, query.get("username", "")[:USERNAME_MOST])


@post("/sign-in", include_in_schema=False)
async def sign_in(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    username, back = word(form, "username", USERNAME_MOST), base.own_path(str(form.get("next", "")), "")
    carried = resumed_forms.unpack(form.get(resumed_forms.FIELD))
    try:
        tokens = await signing_in.sign_in(ctx, _credentials(form))
    except AppError as error:
        return sign_in_page(base.reader_of(ctx), back, username, carried, error)
    actor = ctx.runtime.keys.open(tokens.access_token, ctx.now).actor
    session = cookies.session_cookies(tokens, is_https=ctx.settings.is_https)
    if carried is None:
        return base.see_other(back or home_of(actor), session)
    return _resume(replace(base.reader_of(ctx), actor=actor, path=carried.page), carried, session)


def _credentials(form: FormMultiDict) -> Credentials:
    password = form.get("password")
    username = word(form, "username", USERNAME_MOST)
    return Credentials(username=username, password=password if isinstance(password, str) else "")


def _resume(page: PageContext, carried: Carried, session: list[Cookie]) -> Response:
    """The page that sends the form on with which the sign-in was interrupted."""
    response = base.html("session/resumed_form.html", page, carried=carried)
    response.cookies.extend(session)
    return response


def sign_in_page(
    page: PageContext, back: str, username: str = "", carried: Carried | None = None, error: AppError | None = None
) -> Response:
    """Where one signs in with a password. `back`: a path of ours to come to then; `error`: why one is not in yet."""
    return base.html(
        "session/sign_in.html",
        page,
        status=error.status if error else 200,
        names_somebody=carried is not None or error is not None,
        to=back,
        username=username,
        carried=carried,
        has_wecom=wecom.current_runtime() is not None,
        problem=base.problem_of(page, error) if error else None,
    )


@post("/sign-out", include_in_schema=False)
async def sign_out(ctx: Ctx) -> Redirect:
    return await _leave(ctx, "/")


@post("/forget", include_in_schema=False)
async def forget_phone(ctx: Ctx) -> Redirect:
    """忘记此手机: the next person who holds it finds nothing of the last one's. What was reported goes on."""
    return await _leave(ctx, "/?forgotten=1")


async def _leave(ctx: RequestContext, to: str) -> Redirect:
    if ctx.request.auth is not None:
        await accounts.sign_out(ctx.request.auth.session_id, ctx.now, quotas.network_of(ctx.request))
    # Whoever signs out inside WeCom means it: the next page does not sign them in again by itself.
    response = base.see_other(to, [wecom_entry.tried(ctx)] if wecom_entry.is_inside(ctx) else None)
    cookies.clear(response, is_https=ctx.settings.is_https)
    return response


@post("/device-session", include_in_schema=False)
async def begin_device_session(ctx: Ctx) -> Response:
    """For the page's outbox: the session comes as cookies that no script can read. Whoever has one keeps it."""
    if ctx.visitor is not None:
        return Response({}, status_code=200)
    tokens = await signing_in.open_device_session(ctx)
    session = cookies.session_cookies(tokens, is_https=ctx.settings.is_https)
    return Response({}, status_code=201, cookies=session)


@get("/prefs", include_in_schema=False)
async def set_preferences(ctx: Ctx) -> Redirect:
    """Language and size of letters: a link, so that it works without scripts; it changes nothing but the look."""
    query = ctx.request.query_params
    requested = {"lang": query.get("lang"), "big": query.get("big")}
    allowed = {"lang": LANGUAGES, "big": ("0", "1")}
    cookies_to_set = [_preference(name, value) for name, value in requested.items() if value in allowed[name]]
    return base.see_other(base.own_path(query.get("to")), cookies_to_set)


def _preference(name: str, value: str | None) -> Cookie:
    return Cookie(key=name, value=value, max_age=base.PREFERENCE_LIFE_S, path="/", samesite="lax", httponly=True)
