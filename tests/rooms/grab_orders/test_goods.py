"""Goods for points: paid, put aside, fetched or given back; never more than there are, and never for too few points."""

from datetime import timedelta

import asyncpg
import pytest

from backend import db
from grab_orders.goods import exchanging, keeping, queries
from grab_orders.goods.errors import (
    ExchangeOver,
    ExchangeUnknown,
    GoodsUnknown,
    NoVolunteer,
    OwnExchange,
    SoldOut,
    StockShort,
)
from grab_orders.goods.structs import ExchangeState, GoodsDraft
from grab_orders.ledgers.errors import PointsShort
from grab_orders.ledgers.queries import points_of
from tests.makers.orders import make_closed
from tests.makers.town import COMMITTEE, TOWN, make_town
from tests.makers.volunteers import finish_take, make_committee_member, make_volunteer


@pytest.fixture
async def town(database, now):
    return await make_town(now)


@pytest.fixture
async def keeper(town):
    return await make_committee_member()


async def soap(keeper, now, **changes):
    fields = {"area_code": COMMITTEE, "name_zh": "香皂", "points": 10, "stock": 1, **changes}
    return await keeping.add_goods(GoodsDraft(**fields), keeper, now)


async def rich(town, now, points=30, name="王小明"):
    who = await make_volunteer(now, name)
    await finish_take(who, await make_closed(town, now), now, now + timedelta(minutes=1), points=points)
    return who


async def test_a_piece_is_paid_put_aside_and_fetched(town, keeper, now):
    who, goods_id = await rich(town, now), await soap(keeper, now)
    exchange_id = await exchanging.exchange(goods_id, who, now, "key-of-phone")
    again = await exchanging.exchange(goods_id, who, now, "key-of-phone")
    [waiting] = await queries.list_exchanges(keeper, ExchangeState.RESERVED, 9)
    await exchanging.hand_over(exchange_id, keeper, now)
    [own] = await queries.list_own_exchanges(who.account_id, 9)

    assert again == exchange_id == waiting.id
    assert ((await points_of(who.account_id)).balance, waiting.masked_name) == (20, "王**")
    assert own.state is ExchangeState.HANDED_OVER
    assert [goods.stock for goods in await queries.list_goods(who)] == [0]
    for act in (exchanging.cancel(exchange_id, who, now), exchanging.hand_over(exchange_id, keeper, now)):
        with pytest.raises(ExchangeOver):
            await act


async def test_what_is_given_back_returns_points_and_piece_once(town, keeper, now):
    who, goods_id = await rich(town, now), await soap(keeper, now)
    first = await exchanging.exchange(goods_id, who, now, "key-1")
    await exchanging.cancel(first, who, now)
    second = await exchanging.exchange(goods_id, who, now, "key-2")
    await exchanging.call_off(second, "缺货", keeper, now)

    assert (await points_of(who.account_id)).balance == 30
    assert [goods.stock for goods in await queries.list_goods(who)] == [1]
    with pytest.raises(ExchangeOver):
        await exchanging.cancel(second, who, now)


async def test_what_cannot_be_paid_or_is_gone_takes_nothing(town, keeper, now):
    who = await rich(town, now)
    dear, gone = await soap(keeper, now, points=31), await soap(keeper, now, stock=0)
    off = await soap(keeper, now)
    await keeping.switch(off, is_on=False, by=keeper)
    stranger = await make_committee_member(area=f"{TOWN}002")

    for goods_id, actor, refused in (
        (dear, who, PointsShort),
        (gone, who, SoldOut),
        (off, who, SoldOut),
        (off, keeper, NoVolunteer),
        (999, who, GoodsUnknown),
    ):
        with pytest.raises(refused):
            await exchanging.exchange(goods_id, actor, now, "key-of-phone")
    with pytest.raises(GoodsUnknown):
        await keeping.change_stock(dear, 5, stranger)
    assert (await points_of(who.account_id)).balance == 30
    assert await db.fetchval("SELECT count(*) FROM exchange") == 0


async def test_stock_is_never_below_nothing(town, keeper, now):
    goods_id = await soap(keeper, now)
    assert await keeping.change_stock(goods_id, 4, keeper) == 5
    with pytest.raises(StockShort) as refused:
        await keeping.change_stock(goods_id, -6, keeper)
    with pytest.raises(asyncpg.CheckViolationError, match="reward_goods_stock_left"):
        await db.execute("UPDATE reward_goods SET stock = -1")

    assert refused.value.extra == {"stock": 5}


async def test_nobody_hands_over_to_themselves_and_nobody_touches_what_is_anothers(town, keeper, now):
    who, goods_id = await rich(town, now), await soap(keeper, now)
    exchange_id = await exchanging.exchange(goods_id, who, now, "key-of-phone")
    oneself = keeper.__class__(account_id=who.account_id, name="", grants=keeper.grants)
    other = await make_volunteer(now, "李四")
    stranger = await make_committee_member(area=f"{TOWN}002")

    for act, refused in (
        (exchanging.hand_over(exchange_id, oneself, now), OwnExchange),
        (exchanging.hand_over(exchange_id, stranger, now), ExchangeUnknown),
        (exchanging.cancel(exchange_id, other, now), ExchangeUnknown),
        (exchanging.call_off(exchange_id, "x", stranger, now), ExchangeUnknown),
    ):
        with pytest.raises(refused):
            await act
