"""WeChat's script for pages inside WeChat, as the operator laid it down: no page asks another host for it."""

from litestar import Response, get

from backend.routes.http import wechat_sdk
from backend.routes.http.dependencies import Ctx


@get(wechat_sdk.PATH, include_in_schema=False)
async def serve_wechat_sdk(ctx: Ctx) -> Response[bytes]:
    return wechat_sdk.script_of(ctx)
