"""What orders earn is settled by what they are now: a closing earns, a reopening takes back. Twice is the same.

Facts about takes and orders arrive in any order, so none of them is trusted for more than the number of its order.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.calendars.rules import shanghai_date
from backend.orders.model.states import State
from backend.orders.reads.outcomes import OrderOutcome, list_outcomes
from grab_orders.ledgers import locking, policies
from grab_orders.ledgers.points import rows
from grab_orders.ledgers.points.rows import PointsClaim
from grab_orders.ledgers.structs import PointsKind
from grab_orders.people import own_places
from grab_orders.people import queries as people

# Whoever finished since the order was taken on for the last time: what went before did not hold.
_TAKES = """
    SELECT account_id, order_id, ended_at, promised FROM hours_entry
    WHERE order_id = ANY($1::bigint[]) AND kind = 'worked' ORDER BY order_id, account_id, ended_at
"""
_STANDING = """
    SELECT p.id, p.account_id, p.order_id, p.kind, p.closed_at, EXISTS (
        SELECT FROM points_entry r WHERE r.refers_to_id = p.id) AS is_reversed
    FROM points_entry p WHERE p.order_id = ANY($1::bigint[]) AND p.kind IN ('work', 'report')
"""
REOPENED = "工单重新办理 / the order was reopened"


class _Candidate(msgspec.Struct, frozen=True):
    """Somebody who may have earned something by an order that is closed."""

    account_id: int
    kind: PointsKind
    order: OrderOutcome
    promised: int = 0

    @property
    def closing(self) -> tuple[int, str, int, datetime | None]:
        return self.account_id, self.kind.value, self.order.id, self.order.closed_at


async def settle(order_ids: Collection[int], now: datetime) -> None:
    """Enter what these orders earned, and take back what they earned before they were reopened."""
    async with db.transaction():
        takes, standing = await db.fetch(_TAKES, list(order_ids)), await db.fetch(_STANDING, list(order_ids))
        orders = await list_outcomes(order_ids)
        candidates = list(_candidates(orders.values(), takes))
        await locking.lock_people({each.account_id for each in candidates} | {row["account_id"] for row in standing})
        standing = await db.fetch(_STANDING, list(order_ids))
        for row in standing:
            if not row["is_reversed"] and not _still_holds(row, orders[row["order_id"]]):
                await rows.reverse(row["id"], REOPENED, None, now)
        entered = {(row["account_id"], row["kind"], row["order_id"], row["closed_at"]) for row in standing}
        await _enter([each for each in candidates if each.closing not in entered], now)


async def _enter(candidates: list[_Candidate], now: datetime) -> None:
    closings = [(each.account_id, _closed_at(each.order)) for each in candidates]
    committees = await people.list_memberships(closings)
    own = await own_places.list_all({each.account_id for each in candidates})
    rules_of = await policies.find_rules_of(committees.values())
    for each in candidates:
        committee_code = committees.get((each.account_id, _closed_at(each.order)))
        if committee_code is None:
            continue
        rules, is_work = rules_of[committee_code], each.kind is PointsKind.WORK
        claim = PointsClaim(
            account_id=each.account_id,
            committee_code=committee_code,
            kind=each.kind,
            order=each.order,
            full_points=each.promised if is_work else rules.points_report,
            day_most=rules.points_day_most,
            partner_id=each.order.opened_by_id if is_work else each.order.handler_id,
            is_own_place=(each.account_id, each.order.place_id) in own,
            on_date=shanghai_date(_closed_at(each.order)),
        )
        await rows.earn(claim, now)


def _candidates(orders: Iterable[OrderOutcome], takes: Iterable[asyncpg.Record]) -> Iterator[_Candidate]:
    finished: dict[int, list[asyncpg.Record]] = {}
    for row in takes:
        finished.setdefault(row["order_id"], []).append(row)
    for order in orders:
        if order.state is not State.CLOSED:
            continue
        workers = {row["account_id"]: row["promised"] for row in finished.get(order.id, ()) if _is_of_now(row, order)}
        yield from (_Candidate(who, PointsKind.WORK, order, promised) for who, promised in sorted(workers.items()))
        if order.opened_by_id is not None and order.opened_by_id not in workers:
            yield _Candidate(order.opened_by_id, PointsKind.REPORT, order)


def _is_of_now(take: asyncpg.Record, order: OrderOutcome) -> bool:
    return order.accepted_at is None or take["ended_at"] >= order.accepted_at


def _still_holds(row: asyncpg.Record, order: OrderOutcome) -> bool:
    return order.state is State.CLOSED and order.closed_at == row["closed_at"]


def _closed_at(order: OrderOutcome) -> datetime:
    assert order.closed_at is not None
    return order.closed_at
