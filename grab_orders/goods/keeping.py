"""Whoever looks after a committee or a town keeps its goods: adds them, changes their stock, takes them off."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.sql import sql
from grab_orders.goods.errors import GoodsUnknown, StockShort
from grab_orders.goods.structs import GoodsDraft

_ADD = """
    INSERT INTO reward_goods (area_code, name_zh, name_en, points, stock, added_by_id, added_at)
    VALUES (:area_code, :name_zh, :name_en, :points, :stock, :by, :now) RETURNING id
"""
_AREA = "SELECT area_code FROM reward_goods WHERE id = $1"
_CHANGE_STOCK = "UPDATE reward_goods SET stock = stock + $2 WHERE id = $1 AND stock + $2 >= 0 RETURNING stock"
_STOCK = "SELECT stock FROM reward_goods WHERE id = $1"
_SWITCH = "UPDATE reward_goods SET is_on = $2 WHERE id = $1"


async def add_goods(draft: GoodsDraft, by: Actor, now: datetime) -> int:
    """Give something for points. Raises GoodsUnknown for an area that is not one's own."""
    _require_within(by, draft.area_code)
    given = msgspec.structs.asdict(draft)
    return await db.fetchval(sql(_ADD, **given, by=by.account_id, now=now))


async def change_stock(goods_id: int, change: int, by: Actor) -> int:
    """Put so many more there, or take some out. Returns the stock. Raises GoodsUnknown, StockShort."""
    async with db.transaction():
        await _find_within(goods_id, by)
        stock = await db.fetchval(_CHANGE_STOCK, goods_id, change)
        if stock is None:
            raise StockShort(stock=await db.fetchval(_STOCK, goods_id))
    return stock


async def switch(goods_id: int, *, is_on: bool, by: Actor) -> None:
    """Give it from now on, or no more; what is put aside stays so. Raises GoodsUnknown."""
    async with db.transaction():
        await _find_within(goods_id, by)
        await db.execute(_SWITCH, goods_id, is_on)


async def _find_within(goods_id: int, by: Actor) -> None:
    area_code = await db.fetchval(_AREA, goods_id)
    _require_within(by, area_code)


def _require_within(by: Actor, area_code: str | None) -> None:
    """A committee keeps its own goods, a town its own and those of its committees."""
    if area_code is None or not may_within(by, Permission.REVIEW_REWARDS, area_code):
        raise GoodsUnknown
