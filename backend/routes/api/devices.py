"""One's own phones over HTTP: the app registers itself where somebody signs in, and says so again at each start."""

from litestar import Controller, Response, delete, get, post
from litestar.openapi import ResponseSpec
from litestar.params import JSONBody

from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from push.devices import queries, service
from push.devices.structs import DeviceDraft, DeviceView


class DevicesController(Controller):
    path = "/devices"
    tags = ("inbox",)
    guards = (signed_in,)

    @post(
        operation_id="register_device",
        responses={200: ResponseSpec(DeviceView, description="It was known already, and is refreshed")},
        summary="Let messages come to this phone",
    )
    async def register(self, ctx: Ctx, data: JSONBody[DeviceDraft]) -> Response[DeviceView]:
        """While the session of this request stands; a token that another account had comes into these hands."""
        shown, is_new = await service.register(ctx.actor.account_id, ctx.request.auth.session_id, data, ctx.now)
        return Response(shown, status_code=201 if is_new else 200)

    @get(operation_id="list_devices", summary="The phones to which one's messages go")
    async def list_devices(self, ctx: Ctx) -> list[DeviceView]:
        """Those on which one is still signed in. Tokens are shown by their end."""
        return await queries.list_devices(ctx.actor.account_id, ctx.request.auth.session_id)

    @delete("/{device_id:int}", operation_id="remove_device", status_code=204, summary="Send nothing more to a phone")
    async def remove(self, ctx: Ctx, device_id: Id) -> None:
        await service.remove(device_id, ctx.actor.account_id)
