"""The register of shops of the demo street: every storefront with a licence, and forty-one that have an owner.

The numbers are made up; their check digits are right. Owners claim their shops as anybody does, by licence, so that
messages and history stand there too. The first storefront of the card stays unclaimed, to be claimed by whoever tries.
"""

import random
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from backend.accounts.structs import Grant, Role
from backend.demo.people import add_person
from backend.demo.roads import SEED
from backend.demo.shops import Storefront, storefronts
from backend.demo.street import DATASET, featured_keys, key_of, list_featured
from backend.places.kinds import PlaceKind
from backend.privacy.seals import Seal
from shops.register import claims, licences, queries
from shops.register.contacts import PersonContact
from shops.register.importing.loader import BATCH, ShopLoader
from shops.register.importing.options import ShopImport
from shops.register.importing.rows import ShopRow
from shops.register.structs import Shop, ShopClaimDraft, ShopState
from shops.register.trades import TradeClass, read_trade

OWNERS = 40
_FIRST_OWNED = 1
"""Of the featured storefronts: the first is left for whoever tries, the second is the role's, then the forty."""
_FAMILIES, _GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    ["建国", "秀英", "志强", "桂芳", "海燕", "文杰", "小红", "永福", "丽华", "春生"],
)
_STATES = (ShopState.OPEN,) * 17 + (ShopState.RENOVATING, ShopState.CLOSED, ShopState.VACANT)
_COMPANY, _HOUSEHOLD = "91", "92"
_DIVISION = "310115"


class DemoOwner(NamedTuple):
    """An account of the card, and the featured storefront of which it is the owner."""

    username: str
    storefront: int


def owners() -> list[DemoOwner]:
    """The account of the role, then `shop1` to `shop40`."""
    names = [Role.SHOP_OWNER.value, *(f"shop{number}" for number in range(1, OWNERS + 1))]
    return [DemoOwner(name, at) for at, name in enumerate(names, _FIRST_OWNED)]


async def load_register(seal: Seal, now: datetime) -> None:
    """Shops and their owners, once."""
    shops = await featured_shops()
    if not shops:
        rows = [(line, _row(storefront)) for line, storefront in enumerate(storefronts(), 1)]
        loader = ShopLoader(
            ShopImport(path=Path(), errors_path=Path(), dataset=DATASET, places=DATASET, seal=seal, now=now)
        )
        for start in range(0, len(rows), BATCH):
            await loader.load(rows[start : start + BATCH])
        shops = await featured_shops()
    for owner in owners():
        await _load_owner(owner, shops[owner.storefront], seal, now)


async def featured_shops() -> list[Shop]:
    """The shops at the featured storefronts, as many as have an owner and the one before them; none before the load."""
    places = await list_featured(PlaceKind.STOREFRONT, _FIRST_OWNED + OWNERS + 1)
    found = [await queries.find_at_place(place.id) for place in places]
    return [shop for shop in found if shop is not None]


async def _load_owner(owner: DemoOwner, shop: Shop, seal: Seal, now: datetime) -> None:
    account_id = await add_person(owner.username, f"{shop.name}店主", None, Grant(Role.SHOP_OWNER, ""), now)
    if not await queries.is_person_of(shop.id, account_id):
        contact = _contact(random.Random(f"{SEED}{owner.username}"))  # noqa: S311
        claim = ShopClaimDraft(licence=shop.uscc or "", name=contact.name, phone=contact.phone)
        await claims.claim(shop.id, claim, account_id, now, seal)


@cache
def _featured() -> frozenset[str]:
    return frozenset(featured_keys(PlaceKind.STOREFRONT, _FIRST_OWNED + OWNERS + 1))


def _row(storefront: Storefront) -> ShopRow:
    key = key_of(storefront)
    chance = random.Random(f"{SEED}{key}")  # noqa: S311
    trade = read_trade(storefront.name)
    return ShopRow(
        code=None,
        key=key,
        address="",
        name=storefront.name,
        uscc=_licence(chance),
        trade_class=trade,
        size_m2=chance.randint(12, 160),
        seats=chance.randint(8, 60) if trade is TradeClass.CATERING else None,
        state=ShopState.OPEN if key in _featured() else chance.choice(_STATES),
        opened_on=date(2008, 1, 1) + timedelta(days=chance.randint(0, 6_000)),
        contact=_contact(chance),
        notes=(),
    )


def _licence(chance: random.Random) -> str:
    """A number that nobody has: its organisation begins with M, as new ones do, and ends in our own."""
    organisation = "MA" + "".join(chance.choices(licences.SIGNS, k=7))
    body = chance.choice((_COMPANY, _HOUSEHOLD, _HOUSEHOLD)) + _DIVISION + organisation
    return body + licences.check_digit(body)


def _contact(chance: random.Random) -> PersonContact:
    """An invented name and number."""
    return PersonContact(
        name=chance.choice(_FAMILIES) + chance.choice(_GIVEN), phone=f"191000{chance.randint(0, 99_999):05d}"
    )
