"""Where somebody on duty is, over HTTP: told by the own phone, kept as the latest fix only, read by nobody."""

from litestar import Controller, delete, put
from litestar.params import JSONBody

from backend.duty import service as duty
from backend.geo.points import Fix
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in


class PositionController(Controller):
    path = "/me/position"
    tags = ("orders",)
    guards = [signed_in]

    @put(operation_id="keep_position", status_code=204, summary="Say where one is, while on duty")
    async def keep(self, ctx: Ctx, data: JSONBody[Fix]) -> None:
        """In place of what was said before; more often than each ten seconds changes nothing. 409 off duty."""
        await duty.keep_position(ctx.actor, data, ctx.now)

    @delete(operation_id="forget_position", status_code=204, summary="Be found near no longer")
    async def forget(self, ctx: Ctx) -> None:
        """Remove the position that is kept; none is kept again until one is sent."""
        await duty.forget_position(ctx.actor)
