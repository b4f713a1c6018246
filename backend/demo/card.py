"""The demo card: which codes to scan and who to be, for people (text) and for programs (demo.json)."""

from pathlib import Path
from typing import Any

import msgspec

from backend.accounts.structs import Role
from backend.demo import people, volunteers
from backend.demo.register import featured_shops, owners
from backend.demo.street import list_featured
from backend.places.kinds import PlaceKind
from qr import codes
from qr import queries as qr
from qr.payload import Payload

FEATURED = 30
_ROLES = {role: role.value for role in Role}


async def write_card(state_dir: Path, base_url: str, printed: Payload) -> None:
    """Write demo.json and demo-card.txt into the state folder. `printed`: what stands in the symbols of this town."""
    _write(state_dir, await _card(base_url, printed))


def _write(state_dir: Path, card: dict[str, Any]) -> None:
    state_dir.mkdir(parents=True, exist_ok=True)
    (state_dir / "demo.json").write_bytes(msgspec.json.format(msgspec.json.encode(card)))
    (state_dir / "demo-card.txt").write_text(_text(card), encoding="utf-8")


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
        "accounts": {role.value: {"username": name, **account} for role, name in _ROLES.items()},
        "shop_owners": [
            {"username": owner.username, **account, "shop_id": shop.id, "code": code_of[shop.place_id]}
            for owner, shop in zip(owned, shops[owned[0].storefront :], strict=True)
        ],
        "unclaimed_shop": {"code": code_of[shops[0].place_id], "licence": shops[0].uscc},
        "volunteers": [{"username": name, **account, "area_code": people.COMMITTEE} for name in volunteers.usernames()],
        "patrol_handlers": [{"username": name, **account} for name in people.handler_names()],
    }


def _text(card: dict[str, Any]) -> str:
    door, shop, free = card["codes"][0], card["codes"][FEATURED], card["unclaimed_shop"]
    roles = "  ".join(card["accounts"])
    return "\n".join(
        (
            "Yima 一码 · demonstration street 演示街镇 (all data invented 数据均为虚构)",
            f"  1  scan or open 扫码   {door['url']}  ({door['place']}, {codes.grouped(door['code'])})",
            f"     a shop 商铺        {shop['url']}  ({shop['place']})",
            f"  2  sign in 登录        {card['base_url']}/sign-in",
            f"     user names 用户名   {roles}",
            f"     shop owners 店主    {', '.join(owner['username'] for owner in card['shop_owners'][:3])} …",
            f"     password 密码       {people.PASSWORD}",
            f"  3  claim a shop 认领   {card['base_url']}/q/{free['code']}/claim  ({free['licence']})",
            "",
        )
    )
