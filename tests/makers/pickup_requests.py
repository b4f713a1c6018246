"""One valid request for each operation on pickups: of a shop and an owner that nobody else is, on the town's route."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from msgspec import convert

from backend import db
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.places.kinds import PlaceKind
from shops.pickup.bookings import booking
from shops.pickup.payments import bills
from shops.pickup.payments import reading as payments
from shops.pickup.recurring import service as recurring
from shops.pickup.recurring.structs import RecurrenceInput
from shops.pickup.renovation import filing
from shops.pickup.renovation.structs import COMMITMENT, FilingInput
from shops.pickup.routes import running
from shops.pickup.routes.structs import PickupRouteDraft
from tests.makers.accounts import make_device
from tests.makers.pickup import make_slot_of, wish
from tests.makers.places import make_place
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import COMMITTEE, TOWN

_AMOUNT = {"kind": "wet", "amount": 1, "unit": "bin"}


async def _route(world: Any) -> int:
    draft = {"code": str(uuid4()), "name": "一线", "unit_id": world.town.unit_id, "area_code": TOWN, "load_l": 20_000}
    return (await running.set_route(PickupRouteDraft(**draft), None)).id


async def _slot(world: Any) -> int:
    return await make_slot_of(await _route(world), world.now + timedelta(days=2))


async def _owned() -> tuple[int, Actor]:
    place_id = await make_place(kind=PlaceKind.STOREFRONT, key=str(uuid4()), area_code=COMMITTEE)
    shop_id, owner = await make_shop(place_id=place_id), await make_device()
    await make_shop_person(shop_id, owner.account_id)
    return shop_id, owner


async def shop(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"shop_id": (await _owned())[0]}}


async def wanted(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await shop(world, asker), "json": {"slot_id": await _slot(world), **_AMOUNT}}


async def booked(world: Any, _asker: Actor | None) -> dict[str, Any]:
    shop_id, owner = await _owned()
    made = await booking.book(shop_id, wish(await _slot(world)), owner, now=world.now)
    return {"path": {"booking_id": made.booking.id}, "json": {}}


async def changed(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await booked(world, asker), "json": {"slot_id": await _slot(world), "amount": 2, "unit": "bin"}}


async def disputed(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await booked(world, asker), "json": {"reason": "还剩一桶"}}


async def measured(world: Any, asker: Actor | None) -> dict[str, Any]:
    """Before anybody is there."""
    return {**await booked(world, asker), "json": {"counted": 1}}


async def refused(world: Any, asker: Actor | None) -> dict[str, Any]:
    """Before anybody is there."""
    return {**await booked(world, asker), "json": {"reason": "hazardous"}}


async def nothing(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {}


async def route_drafted(world: Any, _asker: Actor | None) -> dict[str, Any]:
    draft = {"name": "二线", "unit_id": world.town.unit_id, "area_code": TOWN, "load_l": 9_000}
    return {"json": {"code": str(uuid4()), **draft}}


async def route(world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"route_id": await _route(world)}}


async def scheduled(world: Any, asker: Actor | None) -> dict[str, Any]:
    times = {"kind": "wet", "weekdays": [1], "starts": "08:00:00", "ends": "10:00:00"}
    return {**await route(world, asker), "json": {**times, "capacity": 5, "from_on": "2026-01-01"}}


async def price(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    unit = {"area_code": TOWN, "kind": "wet", "unit": "bin", "base_fen": 6000, "over_fen": 12000}
    return {"json": {**unit, "from_on": "2026-01-01"}}


async def quota(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await shop(world, asker), "json": {"kind": "wet", "unit": "bin", "year": 2026, "base": 100}}


def _recurrence(world: Any) -> dict[str, Any]:
    starts_on = shanghai_date(world.now).isoformat()
    return {"rule": "FREQ=WEEKLY;BYDAY=MO", "starts_on": starts_on, "at": "09:00:00", **_AMOUNT}


async def recurrence(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await shop(world, asker), "json": _recurrence(world)}


async def begun_recurrence(world: Any, _asker: Actor | None) -> dict[str, Any]:
    shop_id, owner = await _owned()
    begun = await recurring.begin(shop_id, convert(_recurrence(world), RecurrenceInput), owner, world.now)
    return {"path": {"recurrence_id": begun.id}}


def _works(world: Any) -> dict[str, Any]:
    today = shanghai_date(world.now)
    until = today + timedelta(days=9)
    return {"works": "翻新", "amount": 2, "from_on": today, "until_on": until, "commitment": COMMITMENT}


async def works(world: Any, asker: Actor | None) -> dict[str, Any]:
    said = {name: value if isinstance(value, str | int) else value.isoformat() for name, value in _works(world).items()}
    return {**await shop(world, asker), "json": said}


async def filed(world: Any, _asker: Actor | None) -> dict[str, Any]:
    shop_id, owner = await _owned()
    made = await filing.file(shop_id, FilingInput(**_works(world)), owner, world.now)
    return {"path": {"filing_id": made.id}, "json": {"party": "committee", "is_agreed": True}}


async def payment(world: Any, asker: Actor | None) -> dict[str, Any]:
    filing_id = (await filed(world, asker))["path"]["filing_id"]
    await bills.bill_filing(filing_id, 100, world.now)
    shop_id = await db.fetchval("SELECT shop_id FROM renovation_filing WHERE id = $1", filing_id)
    return {"path": {"payment_id": (await payments.list_of_shop(shop_id))[0].id}, "json": {}}


REQUESTS = {
    **dict.fromkeys(("list_pickup_slots", "list_pickup_bookings", "release_pickup_slot"), shop),
    **dict.fromkeys(("list_pickup_recurrences", "list_renovation_filings", "list_pickup_payments"), shop),
    "list_pickup_quotas": shop,
    **dict.fromkeys(("hold_pickup_slot", "book_pickup"), wanted),
    **dict.fromkeys(("get_pickup_booking", "cancel_pickup", "confirm_pickup"), booked),
    "change_pickup": changed,
    "dispute_pickup": disputed,
    "measure_pickup": measured,
    "refuse_pickup": refused,
    **dict.fromkeys(("list_pickup_routes", "list_pickup_loads", "list_pickup_prices"), nothing),
    "set_pickup_route": route_drafted,
    "schedule_pickup_route": scheduled,
    "get_pickup_day": route,
    "set_pickup_price": price,
    "set_pickup_quota": quota,
    "begin_pickup_recurrence": recurrence,
    "end_pickup_recurrence": begun_recurrence,
    "file_renovation": works,
    **dict.fromkeys(("decide_renovation_filing", "end_renovation_filing"), filed),
    **dict.fromkeys(("begin_pickup_payment", "confirm_pickup_payment", "confirm_pickup_refund"), payment),
}
