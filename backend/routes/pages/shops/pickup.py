"""Booking a pickup: kind, slot, confirm. The slot that was tapped is held while its price is looked at.

From the home of a shop that is four taps at the most, and the same without scripts: every step is a page of its own.
"""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.calendars.rules import shanghai_date
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, brings_photos, new_key, read_form, read_key, take_photos, word
from backend.routes.pages.shops.pickup_shop import find_named_shop
from backend.web.views import pickups as view
from shops.pickup.bookings import booking, changing, holding, reading, visiting
from shops.pickup.errors import NotFiled, SlotClosed, SlotFull
from shops.pickup.kinds import RULES, AmountUnit, WasteKind
from shops.pickup.prices import quotas
from shops.pickup.prices.quotas import QuotaView
from shops.pickup.slots import holds
from shops.pickup.structs import (
    BookingView,
    HoldView,
    PickupBookingInput,
    PickupChange,
    PickupHoldInput,
    SlotView,
)
from shops.register.structs import Shop

_PHOTOS = {"photos": "kept"}
_BEFORE = 5
"""So many of the latest bookings are shown."""


@get("/shop/pickup", guards=[signed_in], include_in_schema=False)
async def show_slots(ctx: Ctx) -> Response:
    shop = await find_named_shop(ctx, ctx.request.query_params.get("shop", ""))
    if shop is None:
        return base.see_other("/shop")
    return await _slots_page(ctx, shop, ctx.request.query_params)


@post("/shop/pickup/hold", guards=[signed_in], include_in_schema=False)
async def hold_slot(ctx: Ctx) -> Response:
    """The tap on a slot: held, and shown with its price. In place of a booking it is changed at once."""
    form = await read_form(ctx)
    shop = await find_named_shop(ctx, word(form, "shop", 20))
    if shop is None:
        return base.see_other("/shop")
    try:
        if change_id := _number(word(form, "change", 20)):
            said = _read(form, PickupChange)
            changed = await changing.change(change_id, said, ctx.actor, ctx.now)
            return base.see_other(f"/shop/pickup/{changed.id}?done=changed")
        held = await holding.hold(shop.id, _read(form, PickupHoldInput), ctx.actor, ctx.now)
    except AppError as error:
        return await _slots_page(ctx, shop, form, error)
    return await _confirm_page(ctx, shop, form, held)


@post("/shop/pickup", guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def book(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    shop = await find_named_shop(ctx, word(form, "shop", 20))
    if shop is None:
        return base.see_other("/shop")
    try:
        said = msgspec.structs.replace(_read(form, PickupBookingInput), photo_ids=await _photos(ctx, form))
        made = await booking.book(shop.id, said, ctx.actor, now=ctx.now, key=read_key(form, "key", 80))
    except AppError as error:
        return await _slots_page(ctx, shop, form, error)
    return base.see_other(f"/shop/pickup/{made.booking.id}?done={'booked' if made.is_new else 'again'}")


async def _photos(ctx: RequestContext, form: FormMultiDict) -> list[UUID]:
    """What came with the form. Raises PhotosRefused."""
    if not brings_photos(form, _PHOTOS):
        return []
    photos = await take_photos(ctx, form, _PHOTOS, ctx.actor)
    photos.check()
    return photos.ids("kept")


@post("/shop/pickup/release", guards=[signed_in], include_in_schema=False)
async def release(ctx: Ctx) -> Response:
    """Back to the slots: the place is free for others at once."""
    form = await read_form(ctx)
    shop = await find_named_shop(ctx, word(form, "shop", 20))
    if shop is None:
        return base.see_other("/shop")
    await holds.let_go(shop.id, ctx.actor.account_id)
    return base.see_other(f"/shop/pickup?shop={shop.id}&kind={_kind(form.get('kind')).value}")


async def _confirm_page(ctx: RequestContext, shop: Shop, form: Any, held: HoldView) -> Response:
    page = await base.page_of(ctx)
    return base.html(
        "pickups/confirm.html",
        page,
        shop=shop,
        held=held,
        amount=word(form, "amount", 4),
        unit=word(form, "unit", 5),
        minutes=holds.MINUTES,
        slot_words=view.slot_words(page, held.slot),
        yuan=view.yuan,
        key=new_key(),
    )


async def _slots_page(ctx: RequestContext, shop: Shop, said: Any, error: AppError | None = None) -> Response:
    page = await base.page_of(ctx)
    latest = await reading.list_of_shop(shop.id, ctx.now, most=_BEFORE)
    change = await _changed(ctx, said)
    kind = change.kind if change else _kind(said.get("kind"), latest)
    units = RULES[kind].units
    unit = said.get("unit") if said.get("unit") in units else (change or _latest(latest, kind) or _Usual(units[0])).unit
    amount = _number(str(said.get("amount") or "")) or (change or _latest(latest, kind) or _Usual(units[0])).amount
    listed = await visiting.list_slots(shop.id, kind, None, ctx.actor, ctx.now)
    return base.html(
        "pickups/slots.html",
        page,
        status=error.status if error else 200,
        shop=shop,
        kinds=list(WasteKind),
        kind=kind,
        units=units,
        unit=unit,
        amount=min(amount, 99),
        change=change,
        days=view.by_day(page, listed),
        nearest=_nearest(error),
        latest=latest,
        quota=await _quota(ctx, shop, kind, unit),
        needs_filing=isinstance(error, NotFiled),
        slot_words=lambda slot: view.slot_words(page, slot),
        hours=view.hours,
        problem=base.problem_of(page, error) if error else None,
    )


async def _quota(ctx: RequestContext, shop: Shop, kind: WasteKind, unit: str) -> QuotaView | None:
    """What the shop has of this at the base price, this year."""
    found = await quotas.list_of_shop(shop.id, shop.area_code, shanghai_date(ctx.now))
    return next((one for one in found if (one.kind, one.unit) == (kind, unit)), None)


class _Usual(msgspec.Struct, frozen=True):
    """What is asked for first: one of the usual unit."""

    unit: AmountUnit
    amount: int = 1


def _latest(latest: list[BookingView], kind: WasteKind) -> BookingView | None:
    return next((one for one in latest if one.kind is kind), None)


async def _changed(ctx: RequestContext, said: Any) -> BookingView | None:
    """The booking that is to be changed, where the page is for that."""
    booking_id = _number(str(said.get("change") or ""))
    if not booking_id:
        return None
    await changing.require_person(booking_id, ctx.actor)
    return await reading.get(booking_id, ctx.now)


def _kind(said: Any, latest: list[BookingView] | None = None) -> WasteKind:
    """What was chosen, else what the shop booked last."""
    if said in list(WasteKind):
        return WasteKind(said)
    return latest[0].kind if latest else WasteKind.WET


def _nearest(error: AppError | None) -> list[SlotView]:
    if not isinstance(error, SlotFull | SlotClosed):
        return []
    return msgspec.convert(error.extra["nearest"], list[SlotView])


def _read(form: Any, kind: type[Any]) -> Any:
    """The form as a message. Raises BadRequest."""
    given = {
        "slot_id": _number(word(form, "slot", 20)),
        "kind": word(form, "kind", 12),
        "amount": _number(word(form, "amount", 4)),
        "unit": word(form, "unit", 6),
    }
    try:
        return msgspec.convert({name: given[name] for name in given if name in kind.__struct_fields__}, kind)
    except msgspec.ValidationError as error:
        raise BadRequest("pickup-form-wrong") from error


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0
