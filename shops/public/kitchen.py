"""The link to a shop's kitchen: its owner sets it, somebody who followed it confirms it for half a year."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.events import service as events
from backend.geo.area_sql import within_any
from backend.sql import sql
from shops.public.addresses import read_address
from shops.public.errors import (
    KitchenLinkChanged,
    KitchenLinkMissing,
    KitchenLinkNotYours,
    KitchenReasonMissing,
)
from shops.public.events import KitchenLinkDecided, KitchenLinkSet
from shops.public.structs import (
    KitchenLink,
    KitchenLinkDecision,
    KitchenLinkState,
    KitchenVerdict,
    WaitingKitchenLink,
)
from shops.register import access, people
from shops.register import queries as register
from shops.register.errors import ShopForbidden
from shops.register.structs import Shop

HOLDS_FOR = timedelta(days=180)
CONFIRMERS = (Role.COMMITTEE, Role.INSPECTOR, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_TARGETS = {
    KitchenVerdict.CONFIRM: KitchenLinkState.CONFIRMED,
    KitchenVerdict.REFUSE: KitchenLinkState.REFUSED,
    KitchenVerdict.BREAK: KitchenLinkState.BROKEN,
}
_NAMES = KitchenLink.__struct_fields__
_GET = f"SELECT {', '.join(_NAMES)} FROM kitchen_link WHERE shop_id = $1"
_SET = """
    INSERT INTO kitchen_link (shop_id, url, host, state, set_by_id, set_at)
    VALUES (:shop_id, :url, :host, 'waiting', :by_id, :now)
    ON CONFLICT (shop_id) DO UPDATE SET url = excluded.url, host = excluded.host, state = 'waiting',
        set_by_id = excluded.set_by_id, set_at = excluded.set_at, decided_by_id = NULL, decided_at = NULL,
        valid_until = NULL, reason = '', checked_at = NULL, next_check_at = NULL, failing_since = NULL, failures = 0
    WHERE kitchen_link.url <> excluded.url OR kitchen_link.state IN ('refused', 'broken') RETURNING id
"""
_DECIDE = """
    UPDATE kitchen_link SET state = :state, decided_by_id = :by_id, decided_at = :now, valid_until = :until,
        reason = :reason, checked_at = NULL, failing_since = NULL, failures = 0,
        next_check_at = :next_check_at
    WHERE shop_id = :shop_id AND url = :url RETURNING id
"""
_WAITING = """
    SELECT shop.id AS shop_id, shop.name AS shop_name
    FROM kitchen_link link JOIN shop ON shop.id = link.shop_id JOIN place ON place.id = shop.place_id
    WHERE link.state = 'waiting' AND shop.ended_at IS NULL AND {within} ORDER BY link.set_at, link.id LIMIT 50
"""


async def find(shop_id: int) -> KitchenLink | None:
    """The link of a shop, whatever its state. It asks nobody who may know."""
    row = await db.fetchrow(_GET, shop_id)
    return msgspec.convert(dict(row), KitchenLink) if row else None


async def list_waiting(areas: Sequence[str]) -> list[WaitingKitchenLink]:
    """The shops of these areas whose link nobody has looked at, the earliest first."""
    if not areas:
        return []
    rows = await db.fetch(sql(_WAITING, within=within_any("place.area_id", areas, "kitchen_area")))
    return [msgspec.convert(dict(row), WaitingKitchenLink) for row in rows]


async def set_link(shop_id: int, typed: str, by: Actor, now: datetime) -> None:
    """The owner names where the kitchen is shown; nothing typed takes the link away. The same again is no news.

    Raises ShopNotFound, ShopForbidden, ShopGone, KitchenLinkUnfit, WordsTooLong.
    """
    seen = await access.see(shop_id, by)
    if not seen.is_owner:
        raise ShopForbidden
    address = read_address(typed) if typed.strip() else None
    async with db.transaction():
        await people.lock_shop(shop_id)
        if address is None:
            await db.execute("DELETE FROM kitchen_link WHERE shop_id = $1", shop_id)
            return
        row = {"shop_id": shop_id, "url": address.url, "host": address.host, "by_id": by.account_id, "now": now}
        if await db.fetchval(sql(_SET, **row)) is not None:
            await events.record(KitchenLinkSet(**await _said(seen.shop, by), host=address.host))


def may_decide(actor: Actor, shop: Shop, *, is_of_shop: bool) -> bool:
    return not is_of_shop and shop.ended_at is None and actor.holds(shop.area_code, *CONFIRMERS)


async def decide(shop_id: int, said: KitchenLinkDecision, by: Actor, now: datetime) -> None:
    """Say what the link leads to. It holds for half a year; saying it again begins that anew.

    Raises ShopNotFound, ShopGone, KitchenLinkNotYours, KitchenLinkMissing, KitchenLinkChanged, KitchenReasonMissing.
    """
    seen = await access.see(shop_id, by)
    if not may_decide(by, seen.shop, is_of_shop=seen.role is not None):
        raise KitchenLinkNotYours
    if said.verdict is not KitchenVerdict.CONFIRM and not said.reason:
        raise KitchenReasonMissing
    state = _TARGETS[said.verdict]
    until = now + HOLDS_FOR if state is KitchenLinkState.CONFIRMED else None
    async with db.transaction():
        shop = await people.lock_shop(shop_id)
        if await find(shop_id) is None:
            raise KitchenLinkMissing
        row = {"shop_id": shop_id, "url": said.url, "state": state.value, "until": until, "reason": said.reason}
        row |= {"next_check_at": now if until else None}
        if await db.fetchval(sql(_DECIDE, by_id=by.account_id, now=now, **row)) is None:
            raise KitchenLinkChanged
        await events.record(KitchenLinkDecided(**await _said(shop, by), verdict=said.verdict, reason=said.reason))


async def _said(shop: Shop, by: Actor) -> dict[str, Any]:
    holders = (await register.list_holders([shop.id]))[shop.id]
    return {
        "subject_id": shop.id,
        "area_code": shop.area_code,
        "shop_name": shop.name,
        "account_ids": tuple(each.account_id for each in holders),
        "acted_by_id": by.account_id,
    }
