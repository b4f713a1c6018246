"""Bring offers into line with their orders: what the trunk did, by whatever verb, is asked of the order itself.

The offers are locked by one statement and everything else is read by the next, which sees what was done meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.events import service as events
from backend.orders.model.states import State
from backend.sql import sql
from grab_orders.offers import plan, rules
from grab_orders.offers.events import (
    OfferClosed,
    OfferFact,
    OfferOpened,
    TakeArrived,
    TakeEnded,
    TakeFinished,
    about_offer,
    about_take,
)
from grab_orders.offers.plan import OfferNow, OrderNow, Released, TakeNow
from grab_orders.offers.structs import OfferState, TakeState

OPENS_AT = "least(coalesce(o.dispatched_at, o.opened_at), o.offered_until - interval '1 second')"
"""When an order came into the pool."""
_LOCK = "SELECT id FROM offer WHERE order_id = ANY($1::bigint[]) ORDER BY id FOR UPDATE"
_READ = f"""
    SELECT f.id, f.order_id, f.number, f.item_id AS item_code, f.priority, f.area_code, f.state, f.end_reason, f.round,
           f.first_round, f.needed, f.points, f.closes_at, f.version, f.taken,
           f.order_version AS followed, o.state AS order_state, o.version AS order_version,
           o.handler_id, o.offered_until, o.arrived_at, o.finished_at, o.area_code AS order_area, o.respond_by,
           {OPENS_AT} AS opens_at
    FROM offer f JOIN work_order o ON o.id = f.order_id WHERE f.id = ANY($1::bigint[]) ORDER BY f.id
"""
_TAKES = f"""
    SELECT t.offer_id, t.id, t.account_id, t.is_lead, t.state, t.arrived_at, t.finished_at, t.end_reason
    FROM take t JOIN offer f ON f.id = t.offer_id
    WHERE t.offer_id = ANY($1::bigint[]) AND t.round >= f.first_round
      AND (t.state IN ('held', 'arrived', 'finished') OR t.state = 'ended' AND t.end_reason = '{plan.MERGED}')
    ORDER BY t.id
"""
_SET_OFFER = """
    UPDATE offer SET state = :state, end_reason = :end_reason, round = :round, first_round = :first_round,
        needed = :needed, taken = :taken, closes_at = :closes_at::timestamptz,
        area_code = :area_code, respond_by = :respond_by,
        opens_at = CASE WHEN closes_at = :closes_at::timestamptz THEN opens_at ELSE :opens_at::timestamptz END,
        order_version = :order_version, version = version + 1
    WHERE id = :id
"""
_SET_TAKE = """
    UPDATE take SET state = :state::text, end_reason = :end_reason,
        arrived_at = :arrived_at, finished_at = :finished_at,
        ended_at = CASE WHEN :state::text = 'ended' THEN :now::timestamptz END,
        lease_until = CASE WHEN :state::text = 'held' THEN greatest(lease_until, :lease_until) ELSE lease_until END
    WHERE id = :id
"""


async def follow(order_ids: Iterable[int], now: datetime, released: Mapping[int, Released] | None = None) -> None:
    """Bring the offers of these orders into line, within the caller's transaction; orders without one are passed over.

    `released`: those that were put into the pool from outside, by order.
    """
    async with db.transaction():
        offer_ids = [row["id"] for row in await db.fetch(_LOCK, list(order_ids))]
        if not offer_ids:
            return
        takes: dict[int, list[TakeNow]] = {offer_id: [] for offer_id in offer_ids}
        for row in await db.fetch(_TAKES, offer_ids):
            takes[row["offer_id"]].append(_take_now(row))
        for row in await db.fetch(_READ, offer_ids):
            await _follow_one(row, takes[row["id"]], now, (released or {}).get(row["order_id"]))


async def _follow_one(row: asyncpg.Record, takes: Sequence[TakeNow], now: datetime, released: Released | None) -> None:
    before = _offer_now(row, takes)
    after = plan.follow(before, _order_now(row), now, released)
    if after == before and (row["taken"], row["followed"]) == (after.taken, row["order_version"]):
        return
    await db.execute(sql(_SET_OFFER, **_columns(after), **_of_order(row), id=row["id"]))
    was = {take.id: take for take in takes}
    changed = [(was[take.id], take) for take in after.takes if was[take.id] != take]
    for _, take in changed:
        lease = rules.lease_until(now, row["priority"], None, now + rules.LEASE_OTHERWISE)
        await db.execute(sql(_SET_TAKE, **_take_columns(take), now=now, lease_until=lease))
    await events.record(*_facts(row, before, after, changed))


def _columns(offer: OfferNow) -> dict[str, Any]:
    names = ("end_reason", "round", "first_round", "needed", "closes_at", "taken")
    return {"state": offer.state.value, **{name: getattr(offer, name) for name in names}}


def _of_order(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "area_code": row["order_area"],
        "respond_by": row["respond_by"],
        "opens_at": row["opens_at"],
        "order_version": row["order_version"],
    }


def _take_columns(take: TakeNow) -> dict[str, Any]:
    names = ("id", "arrived_at", "finished_at", "end_reason")
    return {"state": take.state.value, **{name: getattr(take, name) for name in names}}


def _facts(
    row: asyncpg.Record, before: OfferNow, after: OfferNow, changed: Sequence[tuple[TakeNow, TakeNow]]
) -> list[OfferFact]:
    common = about_offer(row, row["version"] + 1) | {"area_code": row["order_area"]}
    found = [fact for was, take in changed if (fact := _of_take(common, row["points"], was, take)) is not None]
    if after.state is OfferState.OPEN and (before.state is not OfferState.OPEN or before.round != after.round):
        found.append(OfferOpened(**common, round=after.round, closes_at=after.closes_at))
    if after.state is OfferState.ENDED and before.state is not OfferState.ENDED:
        found.append(OfferClosed(**common, reason=after.end_reason))
    return found


def _of_take(common: dict[str, Any], points: int, was: TakeNow, take: TakeNow) -> OfferFact | None:
    whose = common | about_take(take.id, take.account_id, is_lead=take.is_lead)
    if take.state is was.state and take.finished_at == was.finished_at:
        return None
    if take.state is TakeState.FINISHED and take.finished_at is not None:
        return TakeFinished(**whose, checked_in_at=take.arrived_at, finished_at=take.finished_at, points=points)
    if take.state is TakeState.ARRIVED and take.arrived_at is not None and was.state is TakeState.HELD:
        return TakeArrived(**whose, checked_in_at=take.arrived_at)
    return TakeEnded(**whose, reason=take.end_reason) if take.state is TakeState.ENDED else None


def _take_now(row: asyncpg.Record) -> TakeNow:
    fields = {name: value for name, value in row.items() if name not in ("offer_id", "state")}
    return TakeNow(state=TakeState(row["state"]), **fields)


def _offer_now(row: asyncpg.Record, takes: Sequence[TakeNow]) -> OfferNow:
    names = ("end_reason", "round", "first_round", "needed", "closes_at")
    return OfferNow(state=OfferState(row["state"]), takes=tuple(takes), **{name: row[name] for name in names})


def _order_now(row: asyncpg.Record) -> OrderNow:
    names = ("handler_id", "offered_until", "arrived_at", "finished_at")
    return OrderNow(state=State(row["order_state"]), **{name: row[name] for name in names})
