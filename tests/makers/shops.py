"""Shops of the register, as they stand before somebody claims them."""

from typing import Any

from backend import db
from backend.places.kinds import PlaceKind
from backend.privacy import seals
from backend.privacy.seals import Seal
from shops.register.structs import ShopClaimDraft, ShopRole
from tests.makers import places
from tests.makers.town import DEMO_SECRET, SmallTown

LICENCE = "91310115MA1K35J18E"
"""A credit code whose check digit is right, issued in Pudong."""


async def make_shop(
    *, name: str = "阿宝面馆", uscc: str | None = LICENCE, state: str = "open", key: str = "shop-1",
    area_code: str = places.TOWN, place_id: int | None = None,
) -> int:  # fmt: skip
    """A shop at a storefront of its own; the area has to be there."""
    if place_id is None:
        place_id = await places.make_place(
            kind=PlaceKind.STOREFRONT, address="莲安东路128号", area_code=area_code, key=key
        )
    return await db.fetchval(_ADD, place_id, name, uscc, state)


async def make_shop_person(shop_id: int, account_id: int, role: str = "owner") -> int:
    """Somebody who acts for the shop from now on, without the role that the verb of claiming grants."""
    return await db.fetchval(_ADD_PERSON, shop_id, account_id, role)


_ADD = """
INSERT INTO shop (place_id, name, uscc, state, created_at) VALUES ($1, $2, $3, $4, '2026-01-01 00:00:00Z')
RETURNING id"""
_ADD_PERSON = "INSERT INTO shop_person (shop_id, account_id, role, since) VALUES ($1, $2, $3, now()) RETURNING id"


SEAL = Seal({1: DEMO_SECRET}, seals.PERSONAL)
"""That of the app under test."""


def claim_of(role: ShopRole = ShopRole.OWNER, *, licence: str = "", name: str = "王小宝") -> ShopClaimDraft:
    """What somebody writes who claims a shop; without a number unless one is given."""
    return ShopClaimDraft(role=role, licence=licence, name=name, phone="138 1234 5678")


async def facts_of(shop_id: int) -> list[str]:
    """The names of the facts about a shop, in the order in which they happened."""
    rows = await db.fetch("SELECT name FROM event_log WHERE subject = 'shop' AND subject_id = $1 ORDER BY id", shop_id)
    return [row["name"] for row in rows]


async def make_storefront_of(town: SmallTown, **said: Any) -> int:
    """The town's one door as a shop front, with a shop of the register behind its code."""
    await db.execute("UPDATE place SET kind = 'storefront', name = '阿宝面馆' WHERE id = $1", town.place_id)
    return await make_shop(place_id=town.place_id, **said)
