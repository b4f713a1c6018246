"""Waste pickup for a shop over HTTP: slots, holds, bookings, and what the shop says of them."""

from typing import Annotated

from litestar import Controller, Response, delete, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, QueryParameter

from backend.orders.model.inputs import WithReason
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id, IdempotencyKeyHeader
from backend.structs import Page
from shops.pickup.bookings import booking, changing, confirming, holding, measuring, refusing, visiting
from shops.pickup.kinds import WasteKind
from shops.pickup.slots import holds
from shops.pickup.structs import (
    BookingView,
    HoldView,
    PickupBookingInput,
    PickupCancel,
    PickupChange,
    PickupHoldInput,
    PickupMeasure,
    PickupRefusal,
    SlotView,
)

From = Annotated[
    str | None,
    QueryParameter(
        name="from",
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}",
        max_length=40,
        description="A day of Shanghai, or an instant with its zone; now where it is left out",
    ),
]
Kind = Annotated[WasteKind | None, QueryParameter(name="kind", description="Only slots for this kind of waste")]
Before = Annotated[int | None, QueryParameter(name="before", ge=1, description="Bookings made before this one")]


class ShopPickupsController(Controller):
    """For whoever acts for the shop; the street reads."""

    path = "/shops/{shop_id:int}"
    tags = ("shops",)
    guards = (signed_in,)

    @get("/pickup-slots", operation_id="list_pickup_slots", summary="Slots of a week, and how many places are free")
    async def list_slots(self, ctx: Ctx, shop_id: Id, kind: Kind = None, from_at: From = None) -> Page[SlotView]:
        return Page(items=await visiting.list_slots(shop_id, kind, from_at, ctx.actor, ctx.now))

    @post(
        "/pickup-holds",
        operation_id="hold_pickup_slot",
        summary="Keep a place for five minutes while somebody decides, in place of what the person held before",
    )
    async def hold(self, ctx: Ctx, shop_id: Id, data: JSONBody[PickupHoldInput]) -> HoldView:
        return await holding.hold(shop_id, data, ctx.actor, ctx.now)

    @delete("/pickup-holds", operation_id="release_pickup_slot", status_code=204, summary="Let the place go")
    async def release(self, ctx: Ctx, shop_id: Id) -> None:
        await holds.let_go(shop_id, ctx.actor.account_id)

    @post(
        "/pickup-bookings",
        operation_id="book_pickup",
        responses={200: ResponseSpec(BookingView, description="Booked before: the same booking")},
        summary="Book a slot, which opens an order for the hauler; 409 names the nearest free slots",
    )
    async def book(
        self,
        ctx: Ctx,
        shop_id: Id,
        data: JSONBody[PickupBookingInput],
        idempotency_key: IdempotencyKeyHeader = None,
    ) -> Response[BookingView]:
        made = await booking.book(shop_id, data, ctx.actor, now=ctx.now, key=idempotency_key)
        return Response(made.booking, status_code=201 if made.is_new else 200)

    @get("/pickup-bookings", operation_id="list_pickup_bookings", summary="The shop's bookings, the latest first")
    async def list_bookings(self, ctx: Ctx, shop_id: Id, before: Before = None) -> Page[BookingView]:
        return Page(items=await visiting.list_bookings(shop_id, ctx.actor, ctx.now, before=before))


class PickupBookingsController(Controller):
    path = "/pickup-bookings/{booking_id:int}"
    tags = ("shops",)
    guards = (signed_in,)

    @get(operation_id="get_pickup_booking", summary="One booking with its receipt")
    async def show(self, ctx: Ctx, booking_id: Id) -> BookingView:
        return await visiting.get_booking(booking_id, ctx.actor, ctx.now)

    @post("/cancel", operation_id="cancel_pickup", status_code=200, summary="Cancel until the cut-off")
    async def cancel(self, ctx: Ctx, booking_id: Id, data: JSONBody[PickupCancel | None] = None) -> BookingView:
        return await changing.cancel(booking_id, data.reason if data else "", ctx.actor, ctx.now)

    @post("/change", operation_id="change_pickup", status_code=200, summary="Another slot or amount until the cut-off")
    async def change(self, ctx: Ctx, booking_id: Id, data: JSONBody[PickupChange]) -> BookingView:
        return await changing.change(booking_id, data, ctx.actor, ctx.now)

    @post("/confirm", operation_id="confirm_pickup", status_code=200, summary="It was fetched")
    async def confirm(self, ctx: Ctx, booking_id: Id, idempotency_key: IdempotencyKeyHeader = None) -> BookingView:
        return await confirming.confirm(booking_id, ctx.actor, ctx.now, key=idempotency_key)

    @post("/dispute", operation_id="dispute_pickup", status_code=200, summary="It was not, or not all")
    async def dispute(
        self, ctx: Ctx, booking_id: Id, data: JSONBody[WithReason], idempotency_key: IdempotencyKeyHeader = None
    ) -> BookingView:
        return await confirming.dispute(booking_id, data.reason, ctx.actor, ctx.now, key=idempotency_key)

    @post("/measure", operation_id="measure_pickup", status_code=200, summary="清点、称重: what the crew found")
    async def measure(self, ctx: Ctx, booking_id: Id, data: JSONBody[PickupMeasure]) -> BookingView:
        return await measuring.measure(booking_id, data, ctx.actor, ctx.now)

    @post("/refuse", operation_id="refuse_pickup", status_code=200, summary="未收: the crew took nothing, and why")
    async def refuse(self, ctx: Ctx, booking_id: Id, data: JSONBody[PickupRefusal]) -> BookingView:
        return await refusing.refuse(booking_id, data, ctx.actor, ctx.now)
