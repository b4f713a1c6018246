"""A place's memory over HTTP, for staff: everything ever reported there."""

from litestar import Controller, get

from backend.accounts.permissions import Permission
from backend.orders.reads import place_history
from backend.orders.reads.place_history import PlaceHistory
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Cursor, Id, Limit


class PlaceMemoryController(Controller):
    path = "/places/{place_id:int}/history"
    tags = ("places",)
    guards = [requires(Permission.READ_HISTORY)]

    @get(operation_id="get_place_history", summary="Everything ever reported at a place, within one's scope")
    async def get_history(self, ctx: Ctx, place_id: Id, limit: Limit = 50, cursor: Cursor = None) -> PlaceHistory:
        return await place_history.get_history(place_id, ctx.actor, ctx.now, limit=limit, cursor=cursor)
