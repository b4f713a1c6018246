"""Whose account is closed acts for no shop and claims none: a shop without an owner is open to the next one."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts import sql as accounts
from backend.events import service as events
from shops.register import claims, people
from shops.register.errors import ShopGone
from shops.register.events import ShopPersonLeft
from shops.register.structs import Shop

_GONE = f"""
SELECT p.shop_id, p.account_id FROM shop_person p
WHERE p.account_id = ANY($1::bigint[]) AND p.until IS NULL AND NOT {accounts.is_active("p.account_id")}
ORDER BY p.shop_id, p.account_id"""
# A shop that changes hands twice within one instant keeps its rows in order.
_END = """
UPDATE shop_person SET until = greatest($3, since)
WHERE shop_id = $1 AND account_id = $2 AND until IS NULL RETURNING account_id"""
_WITHDRAW = f"""
UPDATE shop_claim c SET state = 'withdrawn', decided_at = $2
WHERE c.account_id = ANY($1::bigint[]) AND c.state IN ({claims.STATES_WAITING})
  AND NOT {accounts.is_active("c.account_id")}"""


async def leave(account_ids: Sequence[int], now: datetime) -> None:
    """End that these people act for shops and that they wait to, as far as their accounts are closed. Repeatable."""
    async with db.transaction():
        await db.execute(_WITHDRAW, list(account_ids), now)
    for row in await db.fetch(_GONE, list(account_ids)):
        async with db.transaction():
            await _end(row["shop_id"], row["account_id"], now)


async def _end(shop_id: int, account_id: int, now: datetime) -> None:
    try:
        shop = await people.lock_shop(shop_id)
    except ShopGone:
        return
    if await db.fetchval(_END, shop_id, account_id, now) is not None:
        await people.take_role_of_none(account_id)
        await events.record(_fact(shop, account_id))


def _fact(shop: Shop, account_id: int) -> ShopPersonLeft:
    said = {"area_code": shop.area_code, "shop_name": shop.name, "account_ids": (account_id,)}
    return ShopPersonLeft(subject_id=shop.id, person_id=account_id, by_id=account_id, **said)
