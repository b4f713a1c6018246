"""What is laid down for pickups: routes with schedules, prices, quotas; recurring pickups; filings of renovation."""

from datetime import date
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter

from backend.calendars.rules import shanghai_date
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.structs import Page, Read
from shops.pickup.bookings import visiting
from shops.pickup.prices import quotas
from shops.pickup.prices.quotas import QuotaView
from shops.pickup.recurring import service as recurring
from shops.pickup.recurring.structs import RecurrenceInput, RecurrenceView
from shops.pickup.renovation import ending, filing, filings
from shops.pickup.renovation.structs import FilingDecision, FilingInput, FilingView
from shops.pickup.routes import day, reading, running
from shops.pickup.routes.structs import (
    PickupRouteDraft,
    PickupRouteView,
    PriceDraft,
    PriceRow,
    QuotaDraft,
    RouteDay,
    ScheduleDraft,
    SlotLoad,
)

On = Annotated[date | None, QueryParameter(name="on", description="A day of Shanghai; today where it is left out")]
Days = Annotated[int, QueryParameter(name="days", ge=1, le=31)]


class SlotsMade(Read, frozen=True, kw_only=True):
    made: int
    """Slots of the week ahead that are new."""


class PickupRoutesController(Controller):
    """For crews, and for whoever looks after the area."""

    tags = ("shops",)
    guards = (signed_in,)

    @get("/pickup-routes", operation_id="list_pickup_routes", summary="The routes that one drives or looks after")
    async def list_routes(self, ctx: Ctx) -> Page[PickupRouteView]:
        return Page(items=await reading.list_routes(ctx.actor))

    @post("/pickup-routes", operation_id="set_pickup_route", summary="Add a route, or change the one of this code")
    async def set_route(self, ctx: Ctx, data: JSONBody[PickupRouteDraft]) -> PickupRouteView:
        return await running.set_route(data, ctx.actor)

    @post(
        "/pickup-routes/{route_id:int}/schedules",
        operation_id="schedule_pickup_route",
        summary="Let a route have slots on these days of the week; those of the week ahead are there at once",
    )
    async def schedule(self, ctx: Ctx, route_id: Id, data: JSONBody[ScheduleDraft]) -> SlotsMade:
        return SlotsMade(made=await running.add_schedule(route_id, data, ctx.actor, ctx.now))

    @get("/pickup-routes/{route_id:int}/day", operation_id="get_pickup_day", summary="A day's stops in driving order")
    async def show_day(self, ctx: Ctx, route_id: Id, on: On = None) -> RouteDay:
        return await day.get_day(route_id, on or shanghai_date(ctx.now), ctx.actor)

    @get("/pickup-loads", operation_id="list_pickup_loads", summary="How full the routes are, by day and kind")
    async def list_loads(self, ctx: Ctx, on: On = None, days: Days = 7) -> Page[SlotLoad]:
        return Page(items=await reading.list_loads(ctx.actor, on or shanghai_date(ctx.now), days))


class PickupPricesController(Controller):
    """The street lays prices down; everybody signed in reads them."""

    tags = ("shops",)
    guards = (signed_in,)

    @get("/pickup-prices", operation_id="list_pickup_prices", summary="Every price, the latest of each first")
    async def list_prices(self) -> Page[PriceRow]:
        return Page(items=await reading.list_prices())

    @post("/pickup-prices", operation_id="set_pickup_price", summary="What a unit costs within an area from a day on")
    async def set_price(self, ctx: Ctx, data: JSONBody[PriceDraft]) -> PriceRow:
        return await running.set_price(data, ctx.actor)

    @get(
        "/shops/{shop_id:int}/pickup-quotas",
        operation_id="list_pickup_quotas",
        summary="What a shop has at the base price this year, and how much of it is used",
    )
    async def list_quotas(self, ctx: Ctx, shop_id: Id) -> Page[QuotaView]:
        shop = await visiting.require_reader(shop_id, ctx.actor)
        return Page(items=await quotas.list_of_shop(shop_id, shop.area_code, shanghai_date(ctx.now)))

    @post(
        "/shops/{shop_id:int}/pickup-quotas",
        operation_id="set_pickup_quota",
        status_code=204,
        summary="How many units of a kind a shop has at the base price in a year",
    )
    async def set_quota(self, ctx: Ctx, shop_id: Id, data: JSONBody[QuotaDraft]) -> None:
        await running.set_quota(shop_id, data, ctx.actor)


class PickupRecurrencesController(Controller):
    tags = ("shops",)
    guards = (signed_in,)

    @get("/shops/{shop_id:int}/pickup-recurrences", operation_id="list_pickup_recurrences", summary="Those that go on")
    async def list_recurrences(self, ctx: Ctx, shop_id: Id) -> Page[RecurrenceView]:
        await visiting.require_reader(shop_id, ctx.actor)
        return Page(items=await recurring.list_of_shop(shop_id, ctx.now))

    @post("/shops/{shop_id:int}/pickup-recurrences", operation_id="begin_pickup_recurrence", summary="Book these days")
    async def begin(self, ctx: Ctx, shop_id: Id, data: JSONBody[RecurrenceInput]) -> RecurrenceView:
        return await recurring.begin(shop_id, data, ctx.actor, ctx.now)

    @post(
        "/pickup-recurrences/{recurrence_id:int}/end",
        operation_id="end_pickup_recurrence",
        status_code=200,
        summary="Book no more days; what is booked stays",
    )
    async def end(self, ctx: Ctx, recurrence_id: Id) -> RecurrenceView:
        return await recurring.end(recurrence_id, ctx.actor, ctx.now)


class RenovationFilingsController(Controller):
    """双报备: the shop files, the property company and the committee agree."""

    tags = ("shops",)
    guards = (signed_in,)

    @get("/shops/{shop_id:int}/renovation-filings", operation_id="list_renovation_filings", summary="The latest first")
    async def list_filings(self, ctx: Ctx, shop_id: Id) -> Page[FilingView]:
        await visiting.require_reader(shop_id, ctx.actor)
        return Page(items=await filings.list_of_shop(shop_id))

    @post(
        "/shops/{shop_id:int}/renovation-filings",
        operation_id="file_renovation",
        summary="File what is built, with the commitment signed",
    )
    async def file(self, ctx: Ctx, shop_id: Id, data: JSONBody[FilingInput]) -> FilingView:
        return await filing.file(shop_id, data, ctx.actor, ctx.now)

    @post(
        "/renovation-filings/{filing_id:int}/decision",
        operation_id="decide_renovation_filing",
        status_code=200,
        summary="The property company or the committee agrees, or refuses with a reason",
    )
    async def decide(self, ctx: Ctx, filing_id: Id, data: JSONBody[FilingDecision]) -> FilingView:
        return await filing.decide(filing_id, data, ctx.actor, ctx.now)

    @post(
        "/renovation-filings/{filing_id:int}/end",
        operation_id="end_renovation_filing",
        status_code=200,
        summary="The shop ends it: nothing more is fetched, and the fee of what was not fetched goes back",
    )
    async def end(self, ctx: Ctx, filing_id: Id) -> FilingView:
        return await ending.end(filing_id, ctx.actor, ctx.now)
