"""A booking, its order for the hauler and its place, as one transaction: all three are there, or none.

The slot's row comes last (`slots/places.py`). Whoever finds it full undoes the rest and is told what else is free.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import verbs as orders
from backend.orders.assignment import dispatching
from backend.orders.assignment.structs import Opening, OrderSite
from backend.structs import IdempotencyKey
from media import service as media
from media.structs import PhotoRole, SubjectKind
from shops.pickup.bookings.asking import BookingSite, PickupRequest
from shops.pickup.bookings.wording import describe
from shops.pickup.kinds import RULES, WasteKind
from shops.pickup.locking import lock_shop
from shops.pickup.renovation import filings
from shops.pickup.slots import holds, places
from shops.pickup.structs import PriceView, SlotView

SOURCE = "pickup"
_KEEP = """
    INSERT INTO pickup_booking (id, number, shop_id, slot_id, account_id, kind, amount, unit, litres, order_id,
        has_priority, replaces_id, recurrence_id, filing_id, over, base_fen, over_fen, price_fen, booked_at,
        idempotency_key)
    SELECT next_id, 'QY' || to_char(booked_at AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-'
               || lpad(next_id::text, greatest(6, length(next_id::text)), '0'),
           shop_id, slot_id, account_id, kind, amount, unit, litres, order_id, has_priority, replaces_id,
           recurrence_id, filing_id, over, base_fen, over_fen, price_fen, booked_at, idempotency_key
    FROM (SELECT nextval('pickup_booking_id_seq') AS next_id, given.*
            FROM jsonb_populate_recordset(NULL::pickup_booking, :along::jsonb) given) booking
    ON CONFLICT DO NOTHING RETURNING id, order_id
"""


class NoPlaceLeft(Exception):
    """Somebody else took the last place meanwhile; nothing was booked."""


class BookedMeanwhile(Exception):
    """The shop, or this very tap, has booked it meanwhile; nothing more was booked."""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What a booking comes from, besides the wish itself."""

    key: IdempotencyKey | None = None
    photo_ids: list[UUID] = []
    has_priority: bool = False
    replaces_id: int | None = None
    recurrence_id: int | None = None
    filing_id: int | None = None


async def place(
    request: PickupRequest, site: BookingSite, slot: SlotView, about: Circumstances, actor: Actor, now: datetime
) -> int:
    """Book a place of a slot for the shop, within the caller's transaction or one of its own. Returns the booking.

    Raises NoPlaceLeft, BookedMeanwhile, and what orders and media refuse.
    """
    opening = _opening(request, site, slot, actor)
    answer = await dispatching.ask(
        dispatching.given_at(site.area_code, site.grid_code),
        opening.item_code,
        now,
        unit_id=opening.unit_id,
        begins_at=opening.begins_at,
    )
    assert answer is not None  # a site that is given has a row
    async with db.transaction():
        await lock_shop(request.shop_id)
        held_l = await holds.use(site.hold_id, now) if site.hold_id is not None else None
        about = await _filed(request, about, site)
        price = await site.price_of(request, but=about.replaces_id or 0)
        row = _row(request, about, answer["order_id"], price, now)
        try:
            opened = await orders.open(opening, now=now, answer_row=answer, along=row)
        except orders.NothingOpened as error:
            raise BookedMeanwhile from error
        await media.attach(about.photo_ids, actor.account_id, SubjectKind.ORDER_STEP, opened.step_id, PhotoRole.REPORT)
        if not await places.take(request.slot_id, request.litres, now, held_l=held_l):
            raise NoPlaceLeft
    assert opened.along_id is not None  # else nothing would have been opened
    return opened.along_id


async def _filed(request: PickupRequest, about: Circumstances, site: BookingSite) -> Circumstances:
    """双报备: what is built has been filed, agreed to and paid for. Raises NotFiled."""
    if request.kind is not WasteKind.RENOVATION or site.on_date is None:
        return about
    filing_id = await filings.require_ready(request, site.on_date, but=about.replaces_id or 0)
    return msgspec.structs.replace(about, filing_id=filing_id)


def _opening(request: PickupRequest, site: BookingSite, slot: SlotView, actor: Actor) -> Opening:
    """For the hauler of the route, with the clock from the slot's beginning; the person of the shop opens it."""
    return Opening(
        item_code=RULES[request.kind].item_code,
        scene=OrderSite(
            lng=site.lng,
            lat=site.lat,
            area_code=site.area_code,
            grid_code=site.grid_code,
            place_id=site.place_id,
            label=site.address or site.shop_name,
        ),
        actor=actor,
        actor_role=Role.SHOP_OWNER.value,
        source_kind=SOURCE,
        reporter_kinds=None,
        description=describe(request, site.shop_name, slot),
        unit_id=site.unit_id,
        begins_at=slot.starts_at,
    )


def _row(request: PickupRequest, about: Circumstances, order_id: int, price: PriceView, now: datetime) -> orders.Along:
    columns = {
        "shop_id": request.shop_id,
        "slot_id": request.slot_id,
        "account_id": request.account_id,
        "kind": request.kind,
        "amount": request.amount,
        "unit": request.unit,
        "litres": request.litres,
        "order_id": order_id,
        "over": price.over,
        "base_fen": price.base_fen,
        "over_fen": price.over_fen,
        "price_fen": price.total_fen,
        "booked_at": now,
        "idempotency_key": about.key,
    }
    return orders.Along(_KEEP, columns | _circumstances(about))


def _circumstances(about: Circumstances) -> dict[str, object]:
    names = ("has_priority", "replaces_id", "recurrence_id", "filing_id")
    return {name: getattr(about, name) for name in names}
