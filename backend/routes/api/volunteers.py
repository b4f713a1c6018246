"""Whoever takes orders out of the pool, over HTTP: what they have, and whether they can be called."""

from litestar import Controller, delete, get, put
from litestar.params import JSONBody

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.duty import service as duty
from backend.duty.errors import NotOnCallThere
from backend.duty.structs import OnCallView
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from grab_orders.ledgers import queries as ledgers
from grab_orders.offers import me
from grab_orders.offers.structs import CallFrom, VolunteerMe


class VolunteersController(Controller):
    path = "/volunteers/me"
    tags = ("offers",)
    guards = [requires(Permission.GRAB_ORDERS)]

    @get(operation_id="get_volunteer", summary="Orders in hand, hours, points, and what keeps one from more")
    async def show(self, ctx: Ctx) -> VolunteerMe:
        account_id = ctx.actor.account_id
        hours, points = await ledgers.hours_of(account_id), await ledgers.points_of(account_id)
        return await me.get_me(ctx.actor, ctx.now, hours=hours, points=points)

    @put("/on-call", operation_id="go_on_call", summary="值守: can be called for orders from now on")
    async def go_on_call(self, ctx: Ctx, data: JSONBody[CallFrom]) -> OnCallView:
        """In the area that is named, else in one's own; for twelve hours unless an end is said."""
        area_code = data.area_code or own_area(ctx.actor)
        return await duty.go_on_call(ctx.actor, area_code, ctx.now, until=data.until, skills=data.skills)

    @delete("/on-call", operation_id="go_off_call", summary="Be called no more")
    async def go_off_call(self, ctx: Ctx) -> None:
        """What one has taken stays one's own."""
        await duty.go_off_call(ctx.actor.account_id)


def own_area(actor: Actor) -> str:
    """The smallest area in which one may wait for orders. Raises NotOnCallThere for whoever has none."""
    areas = duty.areas_on_call(actor)
    if not areas:
        raise NotOnCallThere
    return areas[0]
