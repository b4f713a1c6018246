"""WeChat at the edge: who holds the phone, and what is said where WeChat is not set up or does not answer."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from backend import logs
from backend.errors import NotFound, Unauthorised, Unavailable
from backend.routes.http.request_context import RequestContext
from backend.structs import Write

if TYPE_CHECKING:
    from push.gateways.wechat.mini_program import MiniProgram

VENDOR = "wechat"

log = logs.get_logger()


class WechatOff(NotFound):
    code = "wechat-off"


class WechatCodeRefused(Unauthorised):
    code = "wechat-code-refused"


class WechatAway(Unavailable):
    code = "wechat-away"


class WechatCode(Write, frozen=True, kw_only=True):
    code: Annotated[str, Meta(min_length=1, max_length=200, description="Of wx.login; used once, within five minutes.")]


def mini_program_of(ctx: RequestContext) -> "MiniProgram":
    """WeChat as this process has it. Raises WechatOff."""
    if ctx.runtime.mini_program is None:
        raise WechatOff
    return ctx.runtime.mini_program


async def openid_of(ctx: RequestContext, code: str) -> str:
    """Who holds the phone. Raises WechatOff, WechatCodeRefused, and WechatAway for whatever the vendor fails at."""
    mini_program = mini_program_of(ctx)
    from push.gateways.wechat.answers import VendorRefused, VendorSilent
    from push.gateways.wechat.sign_in import CodeRefused

    try:
        return await mini_program.openid_of(code)
    except CodeRefused as error:
        raise WechatCodeRefused from error
    except (VendorRefused, VendorSilent) as error:
        log.warning("wechat_sign_in_failed", **logs.describe(error))
        raise WechatAway(retry_after_s=5) from error
