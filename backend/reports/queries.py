"""Reads of reports: the receipt of one sent before, and what a tracking link shows."""

from datetime import datetime

from backend import db
from backend.orders.queries.detail import list_photos, list_steps
from backend.orders.states import State
from backend.orders.structs import ItemName
from backend.reports.errors import TrackingUnknown
from backend.reports.structs import Receipt, TrackedStep, Tracking

_RECEIPT = """
    SELECT r.id AS report_id, r.order_id, o.number, r.tracking_token, r.received_at
    FROM report r JOIN work_order o ON o.id = r.order_id WHERE r.reporter_id = $1 AND r.client_id = $2
"""
_TRACKED = "SELECT order_id, reporter_id FROM report WHERE tracking_token = $1"
_TRACKING = """
    SELECT o.number, o.id AS order_id, o.state, o.version, o.description, r.received_at, o.opened_at, o.respond_by,
           o.resolve_by, o.closed_at, o.rework_count, o.rating, i.code, i.name_zh, i.name_en,
           coalesce(nullif(p.address, ''), p.name, '') AS place, coalesce(u.name_zh, '') AS unit_zh,
           coalesce(u.name_en, '') AS unit_en
    FROM report r JOIN work_order o ON o.id = r.order_id JOIN item i ON i.code = o.item_code
    LEFT JOIN place p ON p.id = o.place_id LEFT JOIN org_unit u ON u.id = o.unit_id
    WHERE r.tracking_token = $1
"""
_PLAIN = ("number", "order_id", "state", "version", "place", "unit_zh", "unit_en", "description", "received_at")
_MORE = ("opened_at", "respond_by", "resolve_by", "closed_at", "rework_count", "rating")


async def find_receipt(reporter_id: int, client_id: str, base_url: str) -> Receipt | None:
    """The receipt that this phone's report got before, if it did."""
    row = await db.fetchrow(_RECEIPT, reporter_id, client_id)
    if row is None:
        return None
    return Receipt(**dict(row), tracking_url=tracking_url(base_url, row["tracking_token"]))


def tracking_url(base_url: str, token: str) -> str:
    return f"{base_url}/r/{token}"


async def get_tracked(token: str) -> tuple[int, int]:
    """The order and the reporter behind a tracking link. Raises TrackingUnknown."""
    row = await db.fetchrow(_TRACKED, token)
    if row is None:
        raise TrackingUnknown
    return row["order_id"], row["reporter_id"]


async def get_tracking(token: str, now: datetime) -> Tracking:
    """The order as its reporter follows it. Raises TrackingUnknown."""
    row = await db.fetchrow(_TRACKING, token)
    if row is None:
        raise TrackingUnknown
    steps = await list_steps(row["order_id"])
    return Tracking(
        **{name: row[name] for name in (*_PLAIN, *_MORE)},
        item=ItemName(code=row["code"], name_zh=row["name_zh"], name_en=row["name_en"]),
        steps=[
            TrackedStep(**{name: step[name] for name in ("id", "move", "to_state", "at", "note")}) for step in steps
        ],
        photos=await list_photos([step["id"] for step in steps], now),
        may_rate=row["state"] == State.CLOSED and row["rating"] is None,
    )
