"""One valid request for each operation on shops: of a shop of the town that nobody else uses."""

from typing import Any
from uuid import uuid4

from backend import db
from backend.accounts.structs import Actor
from backend.places.kinds import PlaceKind
from shops.register import claims
from tests.makers.accounts import make_device
from tests.makers.places import make_place
from tests.makers.shops import LICENCE, SEAL, claim_of, make_shop, make_shop_person
from tests.makers.town import TOWN

_ENTRY = {"name": "明月书店", "uscc": "91440300708461136T", "trade_class": "F", "size_m2": 40}
_NOBODYS_ID = 999_999


async def shop(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"shop_id": await make_shop(key=str(uuid4()))}}


async def search(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"query": {"q": "面馆", "area": TOWN, "has_owner": "false", "limit": 5}}


async def registration(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    place_id = await make_place(kind=PlaceKind.STOREFRONT, key=str(uuid4()))
    return {"json": {**_ENTRY, "place_id": place_id}}


async def entry(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await shop(world, asker), "json": _ENTRY}


async def state(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await shop(world, asker), "json": {"state": "renovating", "note": "换招牌"}}


async def person(world: Any, asker: Actor | None) -> dict[str, Any]:
    """A helper of a shop that has an owner."""
    shop_id, owner, helper = await make_shop(key=str(uuid4())), await make_device(), await make_device()
    await make_shop_person(shop_id, owner.account_id)
    await make_shop_person(shop_id, helper.account_id, "staff")
    return {"path": {"shop_id": shop_id, "account_id": helper.account_id}}


async def hand_over(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await person(world, asker), "json": {"stays": True}}


async def claim(world: Any, _asker: Actor | None) -> dict[str, Any]:
    """Of the shop behind the town's one door, whoever came before."""
    there = await db.fetchval("SELECT id FROM shop WHERE place_id = $1", world.town.place_id)
    if there is None:
        await make_shop(place_id=world.town.place_id)
    said = {"role": "owner", "licence": LICENCE, "name": "王小宝", "phone": "13812345678"}
    return {"json": {**said, "code": world.town.code}}


async def decision(world: Any, _asker: Actor | None) -> dict[str, Any]:
    shop_id = await make_shop(key=str(uuid4()))
    receipt = await claims.claim(shop_id, claim_of(), (await make_device()).account_id, world.now, SEAL)
    return {"path": {"claim_id": receipt.id}, "json": {"is_granted": True}}


async def claim_of_nobody(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"claim_id": _NOBODYS_ID}}


async def nothing(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {}


REQUESTS = {
    "list_shops": search,
    "register_shop": registration,
    "get_shop": shop,
    "correct_shop": entry,
    "set_shop_state": state,
    "end_shop": shop,
    "read_shop_contacts": shop,
    "hand_over_shop": hand_over,
    "end_shop_person": person,
    "claim_shop": claim,
    "list_own_shop_claims": nothing,
    "decide_shop_claim": decision,
    "withdraw_shop_claim": claim_of_nobody,
}
