"""What WeCom posts by itself: checked, written down once, and answered at once; a job does the rest."""

from litestar import MediaType, Request, Response, get, post

from backend import logs
from backend.errors import Forbidden, NotFound
from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import Ctx
from push.gateways.wecom import runtime as wecom
from push.gateways.wecom.runtime import WecomRuntime

_PATH = "/api/v1/callbacks/wecom"
_BODY_MAX_BYTES = 65_536

log = logs.get_logger()


class WecomCallbackRefused(Forbidden):
    """Not signed and sealed by the vendor, or not for us. Nothing was changed."""

    code = "wecom-callback-refused"


@get(_PATH, opt=PUBLIC, include_in_schema=False)
async def verify_wecom_address(ctx: Ctx) -> Response[bytes]:
    """The console's check of the address: what it sealed, in clear."""
    from push.gateways.crypto import CallbackForged
    from push.gateways.wecom import callbacks

    try:
        clear = callbacks.verify(_runtime(), *_signed(ctx.request), ctx.request.query_params.get("echostr", ""))
    except CallbackForged as forged:
        raise _refused(forged) from forged
    return Response(clear, media_type=MediaType.TEXT)


@post(_PATH, opt=PUBLIC, include_in_schema=False, status_code=200, request_max_body_size=_BODY_MAX_BYTES)
async def receive_wecom_callback(ctx: Ctx) -> Response[bytes]:
    """An empty answer within a moment: WeCom repeats what it has no answer to within five seconds."""
    from push.gateways.crypto import CallbackForged
    from push.gateways.wecom import callbacks
    from push.gateways.wecom.card_actions import CallbackUnreadable

    body = await ctx.request.body()
    try:
        is_new = await callbacks.receive(_runtime(), *_signed(ctx.request), body, ctx.now)
    except (CallbackForged, CallbackUnreadable) as forged:
        raise _refused(forged) from forged
    log.info("callback_received", vendor="wecom", is_new=is_new)
    return Response(b"", media_type=MediaType.TEXT)


def _signed(request: Request) -> tuple[str, str, str]:
    query = request.query_params
    return query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", "")


def _refused(forged: Exception) -> WecomCallbackRefused:
    log.warning("callback_refused", vendor="wecom", why=str(forged) or type(forged).__name__)
    return WecomCallbackRefused()


def _runtime() -> WecomRuntime:
    """Raises NotFound where this instance has no WeCom."""
    runtime = wecom.current_runtime()
    if runtime is None:
        raise NotFound
    return runtime
