"""A hauler with a route, slots of it, and shops with an owner who books."""

from datetime import date, datetime, time, timedelta

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Finish
from backend.orders.transitions.transition import TransitionContext
from backend.places.kinds import PlaceKind
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.routes import running
from shops.pickup.routes.structs import PickupRouteDraft, PickupRouteView, ScheduleDraft
from shops.pickup.structs import BookingView, PickupBookingInput
from tests.makers import places
from tests.makers.accounts import make_staff
from tests.makers.orders import make_photos
from tests.makers.places import COMMITTEE, TOWN
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import make_actor, make_unit

LOAD_L = 20_000


class Hauling(msgspec.Struct, frozen=True, kw_only=True):
    """A waste collector with one route, its crew, and one shop."""

    unit_id: int
    route: PickupRouteView
    crew: Actor
    shop_id: int
    owner: Actor


async def make_hauling(*, load_l: int = LOAD_L) -> Hauling:
    """On the ground of places.make_ground."""
    await places.make_ground()
    unit_id = await make_unit("waste_collector", TOWN)
    crew = await make_actor("清运员", Role.HANDLER, TOWN, unit_id=unit_id)
    route = await running.set_route(
        PickupRouteDraft(
            code="r1", name="莲溪一线", unit_id=unit_id, area_code=TOWN, vehicle="沪A·00001", load_l=load_l
        ),
        None,
    )
    shop_id, owner = await make_owned_shop("shop-1")
    return Hauling(unit_id=unit_id, route=route, crew=crew, shop_id=shop_id, owner=owner)


async def make_owned_shop(key: str) -> tuple[int, Actor]:
    """A shop in the first grid cell, and its owner."""
    place_id = await places.make_place(
        kind=PlaceKind.STOREFRONT, address=f"莲安东路{key}号", area_code=COMMITTEE, key=key
    )
    shop_id = await make_shop(place_id=place_id, name=f"店{key}")
    owner = await make_staff(Role.SHOP_OWNER, area="")
    await make_shop_person(shop_id, owner.account_id)
    return shop_id, owner


async def make_shops(count: int) -> list[tuple[int, Actor]]:
    """Many shops with an owner each, straight in the tables."""
    return [await make_owned_shop(f"m{number}") for number in range(count)]


async def make_slot(
    hauling: Hauling, starts_at: datetime, *, capacity: int = 10, kind: WasteKind = WasteKind.WET,
    cutoff: timedelta = timedelta(hours=1), load_l: int = LOAD_L,
) -> int:  # fmt: skip
    """A slot of two hours."""
    return await make_slot_of(hauling.route.id, starts_at, capacity=capacity, kind=kind, cutoff=cutoff, load_l=load_l)


async def make_slot_of(
    route_id: int, starts_at: datetime, *, capacity: int = 10, kind: WasteKind = WasteKind.WET,
    cutoff: timedelta = timedelta(hours=1), load_l: int = LOAD_L,
) -> int:  # fmt: skip
    """The same, of any route."""
    return await db.fetchval(
        """INSERT INTO pickup_slot (route_id, kind, starts_at, ends_at, cutoff_at, capacity, load_l)
           SELECT $1, $2, at, at + interval '2 hours', at - $4::interval, (load ->> 0)::int, (load ->> 1)::int
           FROM (SELECT $3::timestamptz AS at, jsonb_build_array($5::int, $6::int) AS load) given RETURNING id""",
        *(route_id, kind.value, starts_at, cutoff, capacity, load_l),
    )


def wish(slot_id: int, **changes) -> PickupBookingInput:
    fields = {"slot_id": slot_id, "kind": WasteKind.WET, "amount": 1, "unit": AmountUnit.BIN, **changes}
    return PickupBookingInput(**fields)


def schedule(**changes) -> ScheduleDraft:
    """Every day from eight to ten."""
    fields = {
        "kind": WasteKind.WET,
        "weekdays": [1, 2, 3, 4, 5, 6, 7],
        "starts": time(8),
        "ends": time(10),
        "capacity": 5,
        "from_on": date(2021, 7, 1),
        **changes,
    }
    return ScheduleDraft(**fields)


async def make_price(
    kind: str = "wet", unit: str = "bin", *, base_fen: int = 6000, over_fen: int = 12000, year_quota: int | None = None
) -> None:
    await db.execute(
        """INSERT INTO pickup_price (kind, unit, base_fen, over_fen, year_quota, from_on)
           SELECT given ->> 0, given ->> 1, (given ->> 2)::int, (given ->> 3)::int, (given ->> 4)::int, '2014-01-01'
           FROM (SELECT jsonb_build_array($1::text, $2::text, $3::int, $4::int, $5::int) AS given) one""",
        *(kind, unit, base_fen, over_fen, year_quota),
    )


async def slot_row(slot_id: int):
    return await db.fetchrow("SELECT booked, held, loaded_l, capacity FROM pickup_slot WHERE id = $1", slot_id)


async def fetch(booking: BookingView, crew: Actor, now: datetime) -> None:
    """The crew accepts, is there and has fetched it: the shop's word is awaited."""
    await arrive(booking, crew, now)
    before, after = await make_photos(crew, 2)
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(booking.order_id, evidence, TransitionContext(actor=crew, now=now))


async def arrive(booking: BookingView, crew: Actor, now: datetime) -> None:
    here = Fix(lng=places.HOME.lng, lat=places.HOME.lat, accuracy_m=8)
    by = TransitionContext(actor=crew, now=now)
    await orders.accept(booking.order_id, by)
    await orders.check_in(booking.order_id, CheckInInput(point=here), by)
