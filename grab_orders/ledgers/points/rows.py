"""The rows of the ledger of points, each with its fact. Callers have locked the person."""

from datetime import date, datetime

import msgspec

from backend import db
from backend.events import service as events
from backend.orders.reads.outcomes import OrderOutcome
from backend.sql import sql
from grab_orders.ledgers import queries
from grab_orders.ledgers.errors import PointsShort
from grab_orders.ledgers.events import PointsEarned, PointsReversed, PointsSpent
from grab_orders.ledgers.points.rules import Earned, EarningFacts, judge
from grab_orders.ledgers.structs import PointsKind

_DAY = """
    SELECT p.place_key, p.item_code, p.points, EXISTS (
        SELECT FROM points_entry r WHERE r.refers_to_id = p.id) AS is_reversed
    FROM points_entry p WHERE p.account_id = $1 AND p.on_date = $2 AND p.kind IN ('work', 'report')
"""
_EARN = """
    INSERT INTO points_entry (account_id, committee_code, kind, outcome, points, full_points, day_most, order_id,
        number, item_code, title_zh, title_en, place_key, partner_id, on_date, round, closed_at, entered_at)
    VALUES (:account_id, :committee_code, :kind, :outcome, :points, :full_points, :day_most, :order_id,
        :number, :item_code, :title_zh, :title_en, :place_key, :partner_id, :on_date, :round, :closed_at, :now)
    RETURNING id
"""
_REVERSE = """
    INSERT INTO points_entry (account_id, committee_code, kind, outcome, points, refers_to_id, order_id, number,
        item_code, title_zh, title_en, on_date, reason, acted_by_id, entered_at)
    SELECT account_id, committee_code, 'reversed', 'counted', -points, id, order_id, number, item_code, title_zh,
        title_en, on_date, :reason, :by, :now
    FROM points_entry WHERE id = :entry_id
    RETURNING id, account_id, committee_code, points
"""
_SPEND = """
    INSERT INTO points_entry (account_id, committee_code, kind, outcome, points, title_zh, title_en, on_date,
        entered_at)
    VALUES (:account_id, :committee_code, 'spent', 'counted', :points, :title_zh, :title_en, :on_date, :now)
    RETURNING id
"""


class PointsClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody may have earned by an order that is closed."""

    account_id: int
    committee_code: str
    kind: PointsKind
    order: OrderOutcome
    full_points: int
    day_most: int
    partner_id: int | None
    is_own_place: bool
    on_date: date


class Spending(msgspec.Struct, frozen=True, kw_only=True):
    """`points`: how many are taken, above 0."""

    account_id: int
    committee_code: str
    points: int
    title_zh: str
    title_en: str
    on_date: date


async def earn(claim: PointsClaim, now: datetime) -> None:
    """Enter what a closing earned, also where that is nothing."""
    order = claim.order
    judged = judge(
        EarningFacts(
            place_key=order.place_key,
            item_code=order.item_code,
            full_points=claim.full_points,
            day_most=claim.day_most,
            is_own_report=claim.partner_id == claim.account_id,
            is_own_place=claim.is_own_place,
        ),
        [Earned(**row) for row in await db.fetch(_DAY, claim.account_id, claim.on_date)],
    )
    row = {
        "kind": claim.kind.value,
        "outcome": judged.outcome.value,
        "points": judged.points,
        "full_points": claim.full_points,
        "day_most": claim.day_most,
        "order_id": order.id,
        "number": order.number,
        "item_code": order.item_code,
        "title_zh": order.item_zh,
        "title_en": order.item_en,
        "place_key": order.place_key,
        "partner_id": claim.partner_id,
        "on_date": claim.on_date,
        "round": judged.round,
        "closed_at": order.closed_at,
    }
    who = {"account_id": claim.account_id, "committee_code": claim.committee_code, "now": now}
    entry_id = await db.fetchval(sql(_EARN, **row, **who))
    about = {"subject_id": claim.account_id, "account_ids": (claim.account_id,), "area_code": claim.committee_code}
    await events.record(
        PointsEarned(entry_id=entry_id, at=now, is_own_place=claim.is_own_place, **about, **row)  # type: ignore[arg-type]
    )


async def reverse(entry_id: int, reason: str, by_id: int | None, now: datetime) -> None:
    """Take a row back that was not taken back before: earned points go, spent ones return."""
    row = await db.fetchrow(sql(_REVERSE, entry_id=entry_id, reason=reason, by=by_id, now=now))
    assert row is not None
    about = {"subject_id": row["account_id"], "account_ids": (row["account_id"],), "area_code": row["committee_code"]}
    said = {"refers_to_id": entry_id, "points": row["points"], "reason": reason}
    await events.record(PointsReversed(entry_id=row["id"], at=now, acted_by_id=by_id, **about, **said))


async def spend(spending: Spending, now: datetime) -> int:
    """Take points that are there. Returns the row. Raises PointsShort."""
    balance = (await queries.points_of(spending.account_id)).balance
    if balance < spending.points:
        raise PointsShort(balance=balance, needed=spending.points)
    row = msgspec.structs.asdict(spending) | {"points": -spending.points}
    entry_id = await db.fetchval(sql(_SPEND, **row, now=now))
    await events.record(
        PointsSpent(
            subject_id=spending.account_id,
            account_ids=(spending.account_id,),
            area_code=spending.committee_code,
            entry_id=entry_id,
            at=now,
            points=-spending.points,
            title_zh=spending.title_zh,
            title_en=spending.title_en,
            on_date=spending.on_date,
        )
    )
    return entry_id
