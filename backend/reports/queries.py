"""Reads of reports: the receipt of one sent before, and what a tracking link shows."""

from datetime import datetime

import asyncpg

from backend import db
from backend.orders.cases import merged_orders
from backend.orders.deadlines.overdue import PROMISED_BY
from backend.orders.model.checks import ANSWERED
from backend.orders.model.disclosure import note_of
from backend.orders.model.names import ItemName
from backend.orders.model.rules import REPORTER
from backend.orders.model.states import State
from backend.orders.model.verdicts import first_reporter, own_rating
from backend.orders.reads.detail import is_archived, list_photos, list_steps
from backend.orders.reads.verification import verification_of
from backend.reports import reporter_requests
from backend.reports.errors import TrackingUnknown
from backend.reports.structs import Filed, ReportReceipt, TrackedStep, Tracking
from backend.structs import IdempotencyKey
from media.structs import Audience

_FILED = """
    SELECT r.id AS report_id, r.order_id, o.number, o.place_id, r.tracking_token, r.received_at, o.resolve_by,
           r.key_print, (SELECT min(s.id) FROM order_step s
            WHERE s.order_id = r.order_id AND s.actor_id = r.reporter_id AND s.move IN ('open', 'join')) AS step_id
    FROM report r JOIN work_order o ON o.id = r.order_id WHERE r.reporter_id = $1 AND r.client_id = $2
"""
_RECEIPT_OF = """
    SELECT r.id AS report_id, r.order_id, o.number, o.place_id, r.tracking_token, r.received_at, o.resolve_by
    FROM report r JOIN work_order o ON o.id = r.order_id WHERE r.reporter_id = $1 AND r.order_id = ANY($2::bigint[])
    ORDER BY r.id LIMIT 1
"""
# A merged order goes on as another, and that one perhaps as a third.
OF_CASE = """
    FROM report r JOIN work_order own ON own.id = r.order_id CROSS JOIN LATERAL (
        WITH RECURSIVE way AS (
            SELECT own.id, own.merged_into_id
            UNION ALL SELECT m.id, m.merged_into_id FROM way JOIN work_order m ON m.id = way.merged_into_id
        )
        SELECT id FROM way WHERE merged_into_id IS NULL
    ) survivor
"""
_TRACKED = f"SELECT survivor.id, r.reporter_id {OF_CASE} WHERE r.tracking_token = $1"
_TRACKING = f"""
    SELECT own.number, o.id AS order_id, CASE WHEN o.id <> own.id THEN o.number END AS merged_into, own.id AS own_id,
           (SELECT count(DISTINCT f.account_id) FROM order_follower f
            WHERE f.order_id = o.id AND f.account_id IS DISTINCT FROM o.opened_by_id) AS supporters,
           CASE WHEN own.opened_by_id = r.reporter_id THEN own.description ELSE r.description END AS description,
           o.state, o.version, o.verify_by, o.opened_by_id, r.reporter_id, r.received_at, o.opened_at, o.respond_by,
           o.resolve_by, o.closed_at, o.rework_count, {own_rating("o", "r.reporter_id")} AS rating,
           {first_reporter("o")} = r.reporter_id AS is_first_reporter, {PROMISED_BY} AS promised_by,
           i.verify_mode = '{ANSWERED}' AS ends_with_answer,
           i.code, i.name_zh, i.name_en,
           coalesce(nullif(p.address, ''), p.name, '') AS place, coalesce(u.name_zh, '') AS unit_zh,
           coalesce(u.name_en, '') AS unit_en
    {OF_CASE} JOIN work_order o ON o.id = survivor.id JOIN item i ON i.code = o.item_id
    LEFT JOIN place p ON p.id = o.place_id LEFT JOIN org_unit u ON u.id = o.unit_id
    WHERE r.tracking_token = $1
"""
_RECEIPT = ("report_id", "order_id", "number", "place_id", "tracking_token", "received_at", "resolve_by")
_PLAIN = ("number", "order_id", "state", "version", "place", "unit_zh", "unit_en", "description", "received_at")
_MORE = (
    "merged_into",
    "supporters",
    "opened_at",
    "respond_by",
    "resolve_by",
    "closed_at",
    "rework_count",
    "rating",
    "promised_by",
    "is_first_reporter",
    "ends_with_answer",
)


async def find_filed(reporter_id: int, idempotency_key: IdempotencyKey, base_url: str) -> Filed | None:
    """What this phone sent before under this id, if it did."""
    row = await db.fetchrow(_FILED, reporter_id, idempotency_key)
    if row is None:
        return None
    receipt = {name: row[name] for name in _RECEIPT}
    return Filed(
        receipt=ReportReceipt(**receipt, tracking_url=tracking_url(base_url, row["tracking_token"])),
        key_print=row["key_print"],
        step_id=row["step_id"],
    )


async def find_receipt_of_case(reporter_id: int, order_id: int, base_url: str) -> ReportReceipt | None:
    """The receipt of this person's first report of the case that goes on as this order."""
    case = [order_id, *(part.id for part in await merged_orders.list_merged(order_id))]
    row = await db.fetchrow(_RECEIPT_OF, reporter_id, case)
    if row is None:
        return None
    return ReportReceipt(**dict(row), tracking_url=tracking_url(base_url, row["tracking_token"]))


def tracking_url(base_url: str, token: str) -> str:
    return f"{base_url}/r/{token}"


async def get_tracked(token: str) -> tuple[int, int]:
    """The order as which the case goes on, and the reporter behind a tracking link. Raises TrackingUnknown."""
    row = await db.fetchrow(_TRACKED, token)
    if row is None:
        raise TrackingUnknown
    return row["id"], row["reporter_id"]


async def get_tracking(token: str, now: datetime) -> Tracking:
    """The order as its reporter follows it. Raises TrackingUnknown."""
    row = await db.fetchrow(_TRACKING, token)
    if row is None:
        raise TrackingUnknown
    steps = await list_steps(row["order_id"])
    sent = await list_steps(row["own_id"]) if row["merged_into"] else []
    reporter_id = row["reporter_id"]
    waiting = verification_of(row["state"], row["verify_by"], steps)
    confirm_by = waiting.confirm_by if waiting else None
    return Tracking(
        **{name: row[name] for name in (*_PLAIN, *_MORE)},
        item=ItemName(code=row["code"], name_zh=row["name_zh"], name_en=row["name_en"]),
        steps=[_step(step, reporter_id) for step in steps],
        photos=await list_photos([*sent, *steps], now, Audience.REPORTER, reporter_id),
        is_archived=is_archived(steps),
        may_confirm=confirm_by is not None and row["opened_by_id"] == reporter_id,
        confirm_by=confirm_by,
        may_rate=row["state"] == State.CLOSED and row["rating"] is None,
        **reporter_requests.of(
            State(row["state"]), row["closed_at"], steps, reporter_id, now, is_first=row["is_first_reporter"]
        ),
    )


def _step(step: asyncpg.Record, reporter_id: int) -> TrackedStep:
    """A step without persons."""
    facts = {name: step[name] for name in ("id", "move", "to_state", "at")}
    is_own = step["actor_id"] == reporter_id and step["actor_role"] == REPORTER
    score = step["score"] if is_own else None
    return TrackedStep(**facts, note=note_of(step, Audience.REPORTER, reporter_id), is_own=is_own, score=score)
