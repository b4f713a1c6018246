"""What the two large NB-IoT platforms push by themselves. Answered as they want it, and at once: they cut off the slow.

OneNET repeats what is not answered with 200 within five seconds, for almost three hours; CTWing three times, and then
leaves out a minute's messages. So a push that is theirs is answered with 200, also one that a person has to read first;
with 429 where the source sends more than it may in a minute, and with 403 where it is sealed with a key that is not
ours: nobody could read it, and whoever mends the setting within OneNET's repeats loses nothing.
"""

from litestar import Controller, get, post
from litestar.enums import MediaType
from litestar.params import FromPath

from backend import logs
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.pushes import onenet, senders, taking, tokens
from backend.intake.sensors.pushes.errors import PushForged, PushSealed
from backend.intake.sensors.pushes.senders import PushSender
from backend.intake.sensors.pushes.tokens import Wire
from backend.intake.sources import limits, refusals
from backend.routes.api.wechat_callbacks import CallbackRefused
from backend.routes.http import quotas
from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext

_BODY_MAX_BYTES = 65_536

log = logs.get_logger()


class SensorPushController(Controller):
    path = "/api/v1/intake/{source:str}"
    opt = PUBLIC
    include_in_schema = False  # the platforms' pages on their pushes are the contract

    @get("/onenet", operation_id="verify_onenet_address", media_type=MediaType.TEXT)
    async def verify_onenet(self, ctx: Ctx, source: FromPath[str]) -> str:
        """The platform asks whether this address is ours, and who sets it up there knows the token."""
        sender = await senders.find_sender(source, Wire.ONENET, ctx.now)
        query = {name: str(value) for name, value in ctx.request.query_params.items()}
        try:
            return onenet.check_address(query, sender.tokens)
        except PushForged as error:
            raise await _refused(source, Wire.ONENET, error, ctx) from error

    @post("/onenet", operation_id="receive_onenet_push", status_code=200, request_max_body_size=_BODY_MAX_BYTES)
    async def receive_onenet(self, ctx: Ctx, source: FromPath[str]) -> dict[str, str]:
        """A push, or a repeat of one: both are answered alike."""
        sender = await senders.find_sender(source, Wire.ONENET, ctx.now)
        try:
            aes_key = ctx.runtime.sensor_pushes.aes_keys.get(source, "")
            message = onenet.open_push(await ctx.request.body(), sender.tokens, aes_key)
        except (PushForged, PayloadUnreadable) as error:
            raise await _refused(source, Wire.ONENET, error, ctx) from error
        await limits.require(sender.source, 1, ctx.now)
        await taking.take_onenet(sender.source, message, ctx.runtime.sensor_pushes.fields, ctx.now)
        return {"status": "ok"}

    @get("/ctwing/{token:str}", operation_id="verify_ctwing_address")
    async def verify_ctwing(self, ctx: Ctx, source: FromPath[str], token: FromPath[str]) -> dict[str, str]:
        """Its pages name no check of an address; who asks with the token hears that it is one."""
        await _check_token(source, token, ctx)
        return {"status": "ok"}

    @post(
        "/ctwing/{token:str}",
        operation_id="receive_ctwing_push",
        status_code=200,
        request_max_body_size=_BODY_MAX_BYTES,
    )
    async def receive_ctwing(self, ctx: Ctx, source: FromPath[str], token: FromPath[str]) -> dict[str, str]:
        """A push, or a repeat of one: both are answered alike."""
        sender = await _check_token(source, token, ctx)
        await limits.require(sender.source, 1, ctx.now)
        await taking.take_ctwing(sender.source, await ctx.request.body(), ctx.runtime.sensor_pushes.fields, ctx.now)
        return {"status": "ok"}


async def _check_token(source: str, token: str, ctx: RequestContext) -> PushSender:
    sender = await senders.find_sender(source, Wire.CTWING, ctx.now)
    if not tokens.is_token(token, sender.tokens):
        raise await _refused(source, Wire.CTWING, PushForged("token"), ctx)
    return sender


async def _refused(source: str, wire: Wire, error: Exception, ctx: RequestContext) -> CallbackRefused:
    log.warning("callback_refused", vendor=str(wire), why=str(error))
    await refusals.count(source, _reason(error), ctx.now)
    if isinstance(error, PushForged):
        await quotas.take_by_address(ctx, "source-key-address")
    return CallbackRefused()


def _reason(error: Exception) -> str:
    if isinstance(error, PushForged):
        return "signature"
    return "sealed-otherwise" if isinstance(error, PushSealed) else "unreadable"
