"""One valid request for each operation around a shop of the town: reports, policies and complaints."""

from datetime import date
from typing import Any
from uuid import uuid4

from backend.accounts.structs import Actor, Role
from backend.places.kinds import PlaceKind
from qr import codes
from qr import service as qr
from shops.policies import service as policies
from shops.policies.structs import PolicyDraft
from tests.makers.orders import make_photos
from tests.makers.places import make_place
from tests.makers.shops import make_shop
from tests.makers.town import DEMO_SECRET, TOWN, make_actor

_NOBODYS_ID = 999_999


async def shop(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"shop_id": await make_shop(key=str(uuid4()))}}


async def complaint(world: Any, asker: Actor | None) -> dict[str, Any]:
    place_id = await make_place(kind=PlaceKind.STOREFRONT, key=str(uuid4()))
    minted = await qr.mint_bound([place_id], keys=codes.keyring(DEMO_SECRET), now=world.now)
    photos = [str(each) for each in await make_photos(asker or world.town.resident)]
    said = {"client_id": str(uuid4()), "item": "C403", "photo_ids": photos}
    return {"json": {**said, "code": minted[place_id]}}


async def settings(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"area": TOWN}, "json": {"visit_days_a": 10}}


async def rules_of_town(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"area": TOWN}}


async def opening(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"order_id": _NOBODYS_ID}, "json": {"reason": "法院依法调取"}}


async def decision(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"opening_id": _NOBODYS_ID}, "json": {"is_agreed": True}}


async def nothing(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {}


async def draft(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"json": {"area_code": TOWN, "title": "油烟补贴", "body": "可申请", "starts_on": "2026-01-01"}}


async def policy(world: Any, _asker: Actor | None) -> dict[str, Any]:
    """A draft of the town that is for nobody: only who asks decides what is answered."""
    author = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    written = PolicyDraft(
        area_code=TOWN, title="油烟补贴", body="可申请", starts_on=date(2026, 1, 1), size_from_m2=199_999
    )
    return {"path": {"policy_id": await policies.write(written, author, world.now)}}


async def of_shop(world: Any, asker: Actor | None) -> dict[str, Any]:
    found = await policy(world, asker)
    return {"path": {**found["path"], "shop_id": _NOBODYS_ID}, "json": {"question": "要哪些材料"}}


REQUESTS = {
    "submit_complaint": complaint,
    "ask_identity_opening": opening,
    "decide_identity_opening": decision,
    "read_identity": decision,
    "set_grade_settings": settings,
    "get_grade_settings": rules_of_town,
    "get_shop_overview": nothing,
    "get_shop_grade": shop,
    "get_shop_report": shop,
    "get_shop_report_pdf": shop,
    "list_policies": nothing,
    "write_policy": draft,
    "list_received_policies": nothing,
    "preview_policy": policy,
    "send_policy": policy,
    "withdraw_policy": policy,
    "read_policy": policy,
    "apply_for_policy": of_shop,
    "ask_about_policy": of_shop,
}
