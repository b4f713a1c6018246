"""The message push of WeChat (消息推送): checked, written down, answered at once; a job does the rest."""

from litestar import Controller, get, post
from litestar.enums import MediaType

from backend import logs
from backend.errors import Forbidden
from backend.routes.actions import wechat
from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext

log = logs.get_logger()


class CallbackRefused(Forbidden):
    code = "callback-refused"


class WechatCallbackController(Controller):
    path = "/api/v1/callbacks/wechat"
    opt = PUBLIC
    include_in_schema = False  # the vendor's page on 消息推送 is the contract

    @get(operation_id="verify_wechat_callback", media_type=MediaType.TEXT)
    async def verify(self, ctx: Ctx) -> str:
        """The vendor asks whether this address is ours."""
        mini_program = wechat.mini_program_of(ctx)
        from push.gateways.crypto import CallbackForged

        try:
            mini_program.verify(_query_of(ctx), ctx.now)
        except CallbackForged as error:
            raise _refused(error) from error
        return ctx.request.query_params.get("echostr", "")

    @post(operation_id="receive_wechat_callback", status_code=200, media_type=MediaType.TEXT)
    async def receive(self, ctx: Ctx) -> str:
        """A callback, or a repeat of one: both are answered alike."""
        mini_program = wechat.mini_program_of(ctx)
        from push.gateways.crypto import CallbackForged
        from push.gateways.wechat.callbacks.fields import Unreadable

        try:
            await mini_program.receive(_query_of(ctx), await ctx.request.body(), ctx.now)
        except (CallbackForged, Unreadable) as error:
            raise _refused(error) from error
        return "success"


def _query_of(ctx: RequestContext) -> dict[str, str]:
    return {name: str(value) for name, value in ctx.request.query_params.items()}


def _refused(error: Exception) -> CallbackRefused:
    log.warning("callback_refused", vendor=wechat.VENDOR, why=str(error) or type(error).__name__)
    return CallbackRefused()
