"""Exchange points for goods: points and a piece are taken in one transaction, and given back in one.

The person is locked, then the points are counted, then the stock goes down where there is some: a statement that finds
none left takes nothing. Whoever comes for the last piece at the same instant waits for that one statement, since there
may be another piece behind it.
"""

from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.events import service as events
from backend.sql import sql
from backend.structs import IdempotencyKey
from grab_orders.goods.errors import ExchangeOver, ExchangeUnknown, GoodsUnknown, NoVolunteer, OwnExchange, SoldOut
from grab_orders.goods.events import ExchangeCancelled, ExchangeFact, GoodsHandedOver, GoodsReserved
from grab_orders.goods.structs import ExchangeState
from grab_orders.ledgers import locking
from grab_orders.ledgers.points import rows
from grab_orders.ledgers.points.rows import Spending
from grab_orders.people.rules import committee_among

_MADE_BEFORE = "SELECT id FROM exchange WHERE account_id = $1 AND idempotency_key = $2"
_GOODS = "SELECT id, area_code, name_zh, name_en, points FROM reward_goods WHERE id = $1"
_TAKE_ONE = "UPDATE reward_goods SET stock = stock - 1 WHERE id = $1 AND is_on AND stock > 0 RETURNING points"
_PUT_BACK = "UPDATE reward_goods SET stock = stock + 1 WHERE id = $1"
_RESERVE = """
    INSERT INTO exchange (account_id, reward_goods_id, committee_code, points, state, points_entry_id, idempotency_key,
        reserved_at)
    VALUES (:account_id, :goods_id, :committee_code, :points, 'reserved', :entry_id, :key, :now) RETURNING id
"""
_LOCK = """
    SELECT id, account_id, reward_goods_id AS goods_id, committee_code, points, state, points_entry_id FROM exchange
    WHERE id = $1 FOR UPDATE
"""
_OWNER = "SELECT account_id FROM exchange WHERE id = $1"
_END = "UPDATE exchange SET state = :state, ended_by_id = :by, ended_at = :now, reason = :reason WHERE id = :id"
CANCELLED_BY_VOLUNTEER = "本人取消兑换 / cancelled by the volunteer"


class LockedExchange(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    account_id: int
    goods_id: int
    committee_code: str
    points: int
    state: ExchangeState
    points_entry_id: int


async def exchange(goods_id: int, actor: Actor, now: datetime, key: IdempotencyKey) -> int:
    """Pay for one piece with points and have it put aside. Returns the exchange; sent again it is the same one.

    Raises GoodsUnknown, NoVolunteer for who is none where the goods are given, PointsShort and SoldOut.
    """
    async with db.transaction():
        await locking.lock_people([actor.account_id])
        made_before = await db.fetchval(_MADE_BEFORE, actor.account_id, key)
        return made_before or await _reserve(goods_id, actor, now, key)


async def hand_over(exchange_id: int, by: Actor, now: datetime) -> None:
    """It was fetched. Raises ExchangeUnknown beyond one's own committees, OwnExchange, ExchangeOver."""
    async with db.transaction():
        found = await _lock_within(exchange_id, by)
        await _end(found, ExchangeState.HANDED_OVER, by, now, "")
        await _record(GoodsHandedOver, found, by)


async def cancel(exchange_id: int, actor: Actor, now: datetime) -> None:
    """Give one's own piece back before it is fetched. Raises ExchangeUnknown, ExchangeOver."""
    async with db.transaction():
        await _lock_owner(exchange_id)
        found = await _lock(exchange_id)
        if found is None or found.account_id != actor.account_id:
            raise ExchangeUnknown
        await _take_back(found, CANCELLED_BY_VOLUNTEER, actor, now)


async def call_off(exchange_id: int, reason: str, by: Actor, now: datetime) -> None:
    """The committee cannot give it, or nobody fetches it. Raises as `hand_over` does."""
    async with db.transaction():
        await _lock_owner(exchange_id)
        await _take_back(await _lock_within(exchange_id, by), reason, by, now)


async def _reserve(goods_id: int, actor: Actor, now: datetime, key: IdempotencyKey) -> int:
    goods = await db.fetchrow(_GOODS, goods_id)
    if goods is None:
        raise GoodsUnknown
    committee_code = _committee_of(actor, goods["area_code"])
    spending = Spending(
        account_id=actor.account_id,
        committee_code=committee_code,
        points=goods["points"],
        title_zh=goods["name_zh"],
        title_en=goods["name_en"] or goods["name_zh"],
        on_date=shanghai_date(now),
    )
    entry_id = await rows.spend(spending, now)
    if await db.fetchval(_TAKE_ONE, goods_id) != goods["points"]:
        raise SoldOut
    reserved = {"account_id": actor.account_id, "goods_id": goods_id, "committee_code": committee_code, "key": key}
    exchange_id = await db.fetchval(sql(_RESERVE, **reserved, points=goods["points"], entry_id=entry_id, now=now))
    found = await _lock(exchange_id)
    assert found is not None
    await _record(GoodsReserved, found, None)
    return exchange_id


def _committee_of(actor: Actor, area_code: str) -> str:
    """The committee for which somebody is a volunteer and in which these goods are given."""
    found = committee_among(actor.areas_of(Role.VOLUNTEER), area_code)
    if found is None:
        raise NoVolunteer
    return found


async def _take_back(found: LockedExchange, reason: str, by: Actor, now: datetime) -> None:
    await _end(found, ExchangeState.CANCELLED, by, now, reason)
    await rows.reverse(found.points_entry_id, reason, by.account_id, now)
    await db.execute(_PUT_BACK, found.goods_id)
    await _record(ExchangeCancelled, found, by, reason=reason)


async def _lock_owner(exchange_id: int) -> None:
    """The ledger of whose exchange it is: a person is locked before anything of theirs."""
    owner = await db.fetchval(_OWNER, exchange_id)
    await locking.lock_people([owner] if owner is not None else [])


async def _lock(exchange_id: int) -> LockedExchange | None:
    row: asyncpg.Record | None = await db.fetchrow(_LOCK, exchange_id)
    return msgspec.convert(dict(row), LockedExchange) if row else None


async def _lock_within(exchange_id: int, by: Actor) -> LockedExchange:
    found = await _lock(exchange_id)
    if found is None or not may_within(by, Permission.KEEP_VOLUNTEERS, found.committee_code):
        raise ExchangeUnknown
    if found.account_id == by.account_id:
        raise OwnExchange
    return found


async def _end(found: LockedExchange, state: ExchangeState, by: Actor, now: datetime, reason: str) -> None:
    if found.state is not ExchangeState.RESERVED:
        raise ExchangeOver(state=found.state)
    given = {"id": found.id, "state": state.value, "by": by.account_id, "now": now, "reason": reason}
    await db.execute(sql(_END, **given))


async def _record(kind: type[ExchangeFact], found: LockedExchange, by: Actor | None, **more: str) -> None:
    about = {"subject_id": found.id, "area_code": found.committee_code, "account_ids": (found.account_id,)}
    said = {"account_id": found.account_id, "goods_id": found.goods_id, "points": found.points}
    await events.record(kind(acted_by_id=by.account_id if by else None, **about, **said, **more))  # type: ignore[arg-type]
