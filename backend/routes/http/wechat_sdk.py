"""WeChat's own script for pages inside WeChat: whether a reader gets it, and its bytes, from this site."""

from litestar import Response

from backend.errors import NotFound
from backend.routes.http.request_context import RequestContext

PATH = "/wechat/sdk.js"
_IN_WECHAT, _IN_WECOM = "MicroMessenger", "wxwork"
"""Of the user-agent. WeCom says both, and takes no signature of an official account."""
_CACHED_S = 86_400


def address_for(ctx: RequestContext) -> str:
    """Where a page that is open inside WeChat finds the script; empty in other browsers, and where there is none."""
    mini_program = ctx.runtime.mini_program
    if mini_program is None or mini_program.page_script is None:
        return ""
    return PATH if is_inside(ctx) and _IN_WECOM not in ctx.request.headers.get("user-agent", "") else ""


def is_inside(ctx: RequestContext) -> bool:
    """Whether the page is open inside WeChat or WeCom."""
    return _IN_WECHAT in ctx.request.headers.get("user-agent", "")


def script_of(ctx: RequestContext) -> Response[bytes]:
    """The script. Raises NotFound where the town has none."""
    mini_program = ctx.runtime.mini_program
    if mini_program is None or mini_program.page_script is None:
        raise NotFound
    headers = {"cache-control": f"public, max-age={_CACHED_S}"}
    return Response(mini_program.page_script, media_type="text/javascript", headers=headers)
