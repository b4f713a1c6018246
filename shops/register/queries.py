"""Reads of the register for the other parts of shops, for messages and pages. It asks nobody who may see what."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import convert

from backend import db
from backend.places import sql as places_sql
from shops.register.errors import ShopNotFound
from shops.register.structs import Shop, ShopHeld, ShopHolder

SHOP_COLUMNS = """shop.id, shop.place_id, shop.name, place.address, place.area_id AS area_code, shop.uscc,
    shop.uscc_warning, shop.trade_class, shop.size_m2, shop.seats, shop.state, shop.opened_on,
    shop.ended_at"""
"""The columns of Shop; needs FROM_SHOP."""
FROM_SHOP = f"{places_sql.FROM_PLACE} JOIN shop ON shop.place_id = place.id"
"""With it a larger statement can read shops together with where they lie."""

_GET = f"SELECT {SHOP_COLUMNS} {FROM_SHOP} WHERE shop.id = $1"
_GET_MANY = f"SELECT {SHOP_COLUMNS} {FROM_SHOP} WHERE shop.id = ANY($1::bigint[])"
_AT_PLACE = f"SELECT {SHOP_COLUMNS} {FROM_SHOP} WHERE place.id = $1 AND shop.ended_at IS NULL"
_OF_PERSON = f"""
SELECT {SHOP_COLUMNS}, person.role {FROM_SHOP} JOIN shop_person person ON person.shop_id = shop.id
WHERE person.account_id = $1 AND person.until IS NULL AND shop.ended_at IS NULL ORDER BY person.since, shop.id"""
_IS_PERSON = """
SELECT EXISTS (SELECT FROM shop_person person JOIN shop ON shop.id = person.shop_id
    WHERE person.shop_id = $1 AND person.account_id = $2 AND person.until IS NULL AND shop.ended_at IS NULL)"""
_IS_KNOWN = """
SELECT EXISTS (SELECT FROM shop_person WHERE account_id = $1)
    OR EXISTS (SELECT FROM shop_claim WHERE account_id = $1)"""
_OWNER_AT = """
SELECT account_id FROM shop_person
WHERE shop_id = $1 AND role = 'owner' AND since <= $2 AND (until IS NULL OR until > $2)"""
_HOLDERS = """
SELECT shop_id, account_id, role, since, until FROM shop_person
WHERE shop_id = ANY($1::bigint[]) AND until IS NULL ORDER BY shop_id, role = 'owner' DESC, since, id"""


async def get_shop(shop_id: int) -> Shop:
    """Read one shop, also one that has ended. Raises ShopNotFound."""
    row = await db.fetchrow(_GET, shop_id)
    if row is None:
        raise ShopNotFound
    return convert(dict(row), Shop)


async def get_shops(shop_ids: Sequence[int]) -> dict[int, Shop]:
    """Those of these shops that there are, by id."""
    rows = await db.fetch(_GET_MANY, list(shop_ids))
    return {row["id"]: convert(dict(row), Shop) for row in rows}


async def find_at_place(place_id: int) -> Shop | None:
    """The shop that stands at a place now."""
    row = await db.fetchrow(_AT_PLACE, place_id)
    return convert(dict(row), Shop) if row else None


async def is_known(account_id: int) -> bool:
    """Whether somebody ever acted for a shop, or claimed to."""
    return await db.fetchval(_IS_KNOWN, account_id)


async def shops_of(account_id: int) -> list[ShopHeld]:
    """The shops for which somebody acts now, the longest held first."""
    return [convert(dict(row), ShopHeld) for row in await db.fetch(_OF_PERSON, account_id)]


async def is_person_of(shop_id: int, account_id: int) -> bool:
    """Whether somebody acts for a shop now, as its owner or for it."""
    return await db.fetchval(_IS_PERSON, shop_id, account_id)


async def find_owner_at(shop_id: int, at: datetime) -> int | None:
    """The account of who was the owner at an instant; None where nobody had claimed the shop."""
    return await db.fetchval(_OWNER_AT, shop_id, at)


async def list_holders(shop_ids: Sequence[int]) -> dict[int, list[ShopHolder]]:
    """Who acts for these shops now, owners first; a shop without people has an empty list."""
    found: dict[int, list[ShopHolder]] = {shop_id: [] for shop_id in shop_ids}
    for row in await db.fetch(_HOLDERS, list(shop_ids)):
        held = {name: row[name] for name in ShopHolder.__struct_fields__}
        found[row["shop_id"]].append(convert(held, ShopHolder))
    return found
