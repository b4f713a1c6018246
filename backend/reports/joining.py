"""我也遇到: a report of its own on an order that is there already. Its reporter has a link like the first one."""

import secrets
from datetime import datetime, timedelta

from backend import db
from backend.accounts.structs import Actor
from backend.errors import AppError
from backend.geo.points import LonLat
from backend.orders import verbs as orders
from backend.orders.cases import merged_orders
from backend.orders.cases.followers import Joining
from backend.orders.model.errors import OrderNotFound
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext
from backend.reports import candidates, queries, repeats, reporters, standing
from backend.reports.errors import NotHere, OrderMissing
from backend.reports.structs import CaseLocation, Join, SubmissionResult
from backend.sql import sql
from qr import runtime

TOKEN_BYTES = 18
_KEEP = """
    INSERT INTO report (client_id, reporter_id, order_id, tracking_token, qr_code, received_at, captured_at,
        description, key_print)
    VALUES (:idempotency_key, :reporter_id, :order_id, :token, :code, :now, :captured_at, :description, :key_print)
"""
_CLOSED_MIN = """
    SELECT r.closed_min FROM work_order o JOIN duplicate_rule r ON starts_with(o.item_id, r.prefix)
    WHERE o.id = $1 ORDER BY length(r.prefix) DESC LIMIT 1
"""


async def join(report: Join, actor: Actor, *, base_url: str, now: datetime) -> SubmissionResult:
    """Report what an order is about already. Sent before, or reported before by the same person: the first receipt.

    Raises KeyUsedBefore, OrderMissing, PlaceUncertain, NotHere, and what qr, orders and media refuse.
    """
    if earlier := await repeats.find_earlier(report, actor.account_id, base_url):
        return SubmissionResult(receipt=earlier, is_new=False)
    try:
        return await _join(report, actor, base_url, now)
    except AppError:
        await reporters.require_unmerged(actor.account_id)
        raise


async def _join(report: Join, actor: Actor, base_url: str, now: datetime) -> SubmissionResult:
    order_id, spot = await _target(report, now)
    async with wait_turn(order_id):
        case_id, is_first = await _follow(report, order_id, actor, now)
        known = None if is_first else await queries.find_receipt_of_case(actor.account_id, case_id, base_url)
        if known is None:
            await _keep(report, case_id, spot, actor, now)
        receipt = known or await queries.find_receipt_of_case(actor.account_id, case_id, base_url)
        assert receipt is not None
        return SubmissionResult(receipt=receipt, is_new=known is None)


async def _target(report: Join, now: datetime) -> tuple[int, CaseLocation | None]:
    """Which order: that of a link somebody was given, or one that may be meant from where the reporter stands."""
    if report.tracking_token is not None:
        return (await queries.get_tracked(report.tracking_token))[0], None
    if report.order_id is None:
        raise OrderMissing
    if report.code is None and report.point is not None:
        await standing.require_spot(report.point)
    spot = await candidates.spot_of(report.code, _point(report))
    case_id = await _survivor(report.order_id)
    if not await candidates.is_candidate(case_id, spot, now):
        raise NotHere
    return case_id, spot


async def _survivor(order_id: int) -> int:
    """The desk may have merged the order since the page showed it."""
    try:
        return await merged_orders.find_survivor(order_id)
    except OrderNotFound as error:
        raise NotHere from error


async def _follow(report: Join, order_id: int, actor: Actor, now: datetime) -> tuple[int, bool]:
    closed_min = await db.fetchval(_CLOSED_MIN, order_id) or 0
    joining = Joining(
        closed_since=now - timedelta(minutes=closed_min),
        description=report.description,
        photo_ids=list(dict.fromkeys(report.photo_ids)),
        fix=report.point,
        is_fresh=runtime.is_fresh(report.code, report.nonce, now),
    )
    joined = await orders.join(
        order_id, joining, TransitionContext(actor=actor, now=now, captured_at=report.captured_at)
    )
    return joined.order_id, joined.is_first


async def _keep(report: Join, order_id: int, spot: CaseLocation | None, actor: Actor, now: datetime) -> None:
    row = sql(
        _KEEP,
        idempotency_key=report.idempotency_key,
        reporter_id=actor.account_id,
        order_id=order_id,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        code=spot.code if spot else None,
        now=now,
        captured_at=report.captured_at,
        description=report.description,
        key_print=repeats.print_of(report),
    )
    await db.execute(row)


def _point(report: Join) -> LonLat | None:
    return report.point.wgs84() if report.point else None
