"""Inside WeCom a page that needs a sign-in asks WeCom by itself who is there: nobody looks for a button.

Once in ten minutes: whoever WeCom does not know, or who has just signed out, finds the sign-in page instead and is not
sent round in circles.
"""

from http import HTTPStatus

from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect

from backend.routes.actions import wecom_state
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.way_back import page_behind
from push.gateways.wecom import runtime as wecom
from push.gateways.wecom import sign_in

BACK = "/sign-in/wecom/back"
_IN_WECOM = "wxwork"
"""Of the user-agent; that of 政务微信 begins with it, too."""
_TRIED, _TRIED_FOR_S = "wecom_tried", 600
_HIDDEN = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


def lead_to_wecom(ctx: RequestContext, status: int) -> Redirect | None:
    """Off to WeCom and then to the page that was refused; None where that would not help, or was tried just now."""
    request = ctx.request
    if wecom.current_runtime() is None or request.method != "GET" or not is_inside(ctx):
        return None
    if request.cookies.get(_TRIED) or not _needs_staff(request, status):
        return None
    return redirect(ctx, page_behind(request), [tried(ctx)])


def redirect(ctx: RequestContext, back: str, cookies: list[Cookie]) -> Redirect:
    """To the page on which WeCom says who is there; whoever is signed in by it comes to `back`, a path of ours."""
    runtime = wecom.current_runtime()
    assert runtime is not None
    settings = ctx.settings
    own = base.own_path(back, "")
    state, cookie = wecom_state.give(settings.secret, ctx.now, is_https=settings.is_https, back=own)
    address = sign_in.authorize_url(runtime.settings, f"{settings.base_url}{BACK}", state)
    return Redirect(address, status_code=302, cookies=[cookie, *cookies])


def is_inside(ctx: RequestContext) -> bool:
    """Whether the page is open in WeCom's own browser."""
    return _IN_WECOM in ctx.request.headers.get("user-agent", "").lower()


def tried(ctx: RequestContext) -> Cookie:
    """Lets the next pages be answered without asking WeCom."""
    return Cookie(
        key=_TRIED,
        value="1",
        max_age=_TRIED_FOR_S,
        path="/",
        httponly=True,
        samesite="lax",
        secure=ctx.settings.is_https,
    )


def _needs_staff(request: Request, status: int) -> bool:
    """Nobody is signed in, or a phone without a name is where the page is not for one."""
    if status == HTTPStatus.UNAUTHORIZED:
        return True
    visitor = request.scope["user"]
    handler = request.scope.get("route_handler")
    is_guarded = handler is not None and bool(handler.resolve_guards())
    return status in _HIDDEN and is_guarded and visitor is not None and visitor.is_device
