"""The demo card: which codes to scan and who to be, for people (text) and for programs (demo.json)."""

from pathlib import Path
from typing import Any

import msgspec

from backend.accounts.structs import Actor, Grant, Role
from backend.demo import people, scenes, volunteers
from backend.demo.card_text import text_of
from backend.demo.register import featured_shops, owners
from backend.demo.street import list_featured
from backend.places.kinds import PlaceKind
from backend.routes.pages.resident.demo_photos import PHOTOS, photo_file
from backend.web.views.homes import home_of
from qr import queries as qr
from qr.payload import Payload

FEATURED = 30
_ROLES = {role: role.value for role in Role}


async def write_card(state_dir: Path, base_url: str, printed: Payload) -> None:
    """Write demo.json, demo-card.txt and the photos to use into the state folder.

    `printed`: what stands in the symbols of this town.
    """
    photos = [{"path": f"/demo-photos/{name}", "file": str(photo_file(state_dir, name))} for name in PHOTOS]
    _write(state_dir, await _card(base_url, printed) | {"photos": photos})


def _write(state_dir: Path, card: dict[str, Any]) -> None:
    state_dir.mkdir(parents=True, exist_ok=True)
    (state_dir / "demo.json").write_bytes(msgspec.json.format(msgspec.json.encode(card)))
    (state_dir / "demo-card.txt").write_text(text_of(card), encoding="utf-8")
    for name, tidy in zip(PHOTOS, (False, True), strict=True):
        if not (file := photo_file(state_dir, name)).exists():
            file.write_bytes(scenes.street(tidy=tidy))


async def _card(base_url: str, printed: Payload) -> dict[str, Any]:
    places = [
        *await list_featured(PlaceKind.DOORPLATE, FEATURED),
        *await list_featured(PlaceKind.STOREFRONT, FEATURED),
    ]
    shops, owned = await featured_shops(), owners()
    code_of = await qr.list_codes_of([*(place.id for place in places), *(shop.place_id for shop in shops)])
    account = {"password": people.PASSWORD}
    return {
        "base_url": base_url,
        "codes": [
            {
                "url": printed.url(code_of[place.id]),
                "code": code_of[place.id],
                "kind": place.kind,
                "place": place.name or place.address,
            }
            for place in places
        ],
        "password": people.PASSWORD,
        "accounts": {
            role.value: {"username": name, **account, "home": home_of(_somebody(role))} for role, name in _ROLES.items()
        },
        "shop_owners": [
            {"username": owner.username, **account, "shop_id": shop.id, "code": code_of[shop.place_id]}
            for owner, shop in zip(owned, shops[owned[0].storefront :], strict=True)
        ],
        "unclaimed_shop": {"code": code_of[shops[0].place_id], "licence": shops[0].uscc},
        "volunteers": [{"username": name, **account, "area_code": people.COMMITTEE} for name in volunteers.usernames()],
        "patrol_handlers": [{"username": name, **account} for name in people.handler_names()],
    }


def _somebody(role: Role) -> Actor:
    return Actor(account_id=0, name="", grants=(Grant(role, ""),))
