"""Signing in and out on pages, the device's own session, and the reader's preferences."""

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from backend import clock
from backend.accounts import service as accounts
from backend.accounts.structs import Actor, Credentials, Role
from backend.errors import HouseError
from backend.routes import cookies, pages_base, quotas, signing_in
from backend.web.texts import LANGUAGES


@get("/sign-in", include_in_schema=False)
async def show_sign_in(request: Request) -> Response:
    query = request.query_params
    page = await pages_base.page_of(request)
    back = pages_base.own_path(query.get("next"), "")
    return pages_base.html("sign_in.html", page, to=back, username=query.get("username", "")[:64], problem=None)


@post("/sign-in", include_in_schema=False)
async def sign_in(request: Request) -> Response:
    form = await request.form()
    username, back = str(form.get("username", ""))[:64], pages_base.own_path(str(form.get("next", "")), "")
    credentials = Credentials(username=username, password=str(form.get("password", ""))[:200])
    try:
        tokens = await signing_in.sign_in(request, credentials, clock.now())
    except HouseError as error:
        page = pages_base.reader_of(request)
        problem = pages_base.told(page, error)
        return pages_base.html("sign_in.html", page, status=error.status, to=back, username=username, problem=problem)
    actor = request.app.state.keyring.open(tokens.access_token, clock.now()).actor
    session = cookies.session_cookies(tokens, is_https=request.app.state.settings.is_https)
    return pages_base.see_other(back or home_of(actor), session)


@post("/sign-out", include_in_schema=False)
async def sign_out(request: Request) -> Redirect:
    if request.auth is not None:
        await accounts.sign_out(request.auth.session_id, clock.now(), quotas.network_of(request))
    response = pages_base.see_other("/")
    cookies.clear(response, is_https=request.app.state.settings.is_https)
    return response


@post("/device-session", include_in_schema=False)
async def begin_device_session(request: Request) -> Response:
    """For the page's outbox: the session comes as cookies that no script can read."""
    tokens = await signing_in.open_device_session(request, clock.now())
    session = cookies.session_cookies(tokens, is_https=request.app.state.settings.is_https)
    return Response({}, status_code=201, cookies=session)


@get("/prefs", include_in_schema=False)
async def set_preferences(request: Request) -> Redirect:
    """Language and size of letters: a link, so that it works without scripts; it changes nothing but the look."""
    query = request.query_params
    wanted = {"lang": query.get("lang"), "big": query.get("big")}
    allowed = {"lang": LANGUAGES, "big": ("0", "1")}
    chosen = [_preference(name, value) for name, value in wanted.items() if value in allowed[name]]
    return pages_base.see_other(pages_base.own_path(query.get("to")), chosen)


def home_of(actor: Actor) -> str:
    """The page on which this person's work begins."""
    if actor.has_role(Role.HANDLER):
        return "/work"
    return "/verify" if actor.has_role(Role.VERIFIER, Role.INSPECTOR) else "/inbox"


def _preference(name: str, value: str | None) -> Cookie:
    return Cookie(key=name, value=value, max_age=pages_base.PREFERENCE_LIFE_S, path="/", samesite="lax", httponly=True)
