"""Hours of a committee's volunteers over HTTP: what waits, and the committee's word on it."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter

from backend.accounts.permissions import Permission
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Cursor, Id, Limit
from backend.structs import Page, Read, Write
from backend.words import Reason
from grab_orders.ledgers.hours import confirming, listing
from grab_orders.ledgers.structs import HoursLine

Waiting = Annotated[bool, QueryParameter(name="waiting", description="What waits, or what was settled")]


class HoursReversal(Write, frozen=True, kw_only=True):
    """Why work does not count, or counts no more."""

    reason: Reason


class CountedHours(Read, frozen=True, kw_only=True):
    """`counted`: the minutes that count of it, within what the day has left."""

    counted: int


class VolunteerHoursController(Controller):
    path = "/volunteer-hours"
    tags = ("volunteers",)
    guards = (requires(Permission.KEEP_VOLUNTEERS),)

    @get(operation_id="list_volunteer_hours", summary="时长确认: what volunteers of one's committees did, latest first")
    async def list_hours(
        self, ctx: Ctx, waiting: Waiting = True, limit: Limit = 50, cursor: Cursor = None
    ) -> Page[HoursLine]:
        return await listing.list_of_committees(ctx.actor, waiting=waiting, limit=limit, cursor=cursor)

    @post(
        "/{entry_id:int}/confirm",
        operation_id="confirm_volunteer_hours",
        status_code=200,
        summary="确认: it counts from now on; nobody confirms the own work",
    )
    async def confirm(self, ctx: Ctx, entry_id: Id) -> CountedHours:
        """Confirmed before, it is the same answer again; 409 for what was refused."""
        return CountedHours(counted=await confirming.confirm(entry_id, ctx.actor, ctx.now))

    @post(
        "/{entry_id:int}/reverse",
        operation_id="reverse_volunteer_hours",
        status_code=204,
        summary="退回: it does not count, or counts no more, and why",
    )
    async def reverse(self, ctx: Ctx, entry_id: Id, data: JSONBody[HoursReversal]) -> None:
        """By a row that takes away what was counted; 409 where that was done before."""
        await confirming.reverse(entry_id, data.reason, ctx.actor, ctx.now)
