"""可能串通: who handled whose reports, again and again. Shown to the committee and the town; it decides nothing.

A pair stands out where the same reporter's orders were closed by the same volunteer at least PAIRS_FROM times within
ninety days, and make up half of what one of the two did. A phone without a name may be the volunteer's own.
"""

from datetime import datetime, timedelta

import msgspec

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.geo.area_sql import within_any
from backend.sql import sql
from backend.structs import Read
from grab_orders.people import queries as people

DAYS, PAIRS_FROM, SHARE_FROM, SHOWN = 90, 3, 50, 100
_PAIRS = """
    WITH work AS (
        SELECT p.id, p.account_id, p.partner_id, p.order_id, p.number, p.points, EXISTS (
            SELECT FROM points_entry r WHERE r.refers_to_id = p.id) AS is_reversed
        FROM points_entry p
        WHERE {within} AND p.kind = 'work' AND p.partner_id IS NOT NULL AND p.on_date > :since
    ), pairs AS (
        SELECT account_id, partner_id, count(DISTINCT order_id)::int AS orders,
               coalesce(sum(points) FILTER (WHERE NOT is_reversed), 0)::int AS points,
               (array_agg(order_id ORDER BY id DESC))[1:10] AS order_ids,
               (array_agg(number ORDER BY id DESC))[1:10] AS numbers
        FROM work GROUP BY account_id, partner_id
    ), shares AS (
        SELECT pairs.*, round(100.0 * orders / sum(orders) OVER (PARTITION BY account_id))::int AS share_of_handler,
               round(100.0 * orders / sum(orders) OVER (PARTITION BY partner_id))::int AS share_of_reporter,
               EXISTS (SELECT FROM pairs back WHERE back.account_id = pairs.partner_id
                   AND back.partner_id = pairs.account_id) AS is_mutual
        FROM pairs
    )
    SELECT * FROM shares
    WHERE orders >= :least AND greatest(share_of_handler, share_of_reporter) >= :share
    ORDER BY orders DESC, greatest(share_of_handler, share_of_reporter) DESC, account_id, partner_id LIMIT :shown
"""


class PairedOrder(Read, frozen=True, kw_only=True):
    id: int
    number: str


class Pair(Read, frozen=True, kw_only=True):
    """A reporter and a volunteer. Shares in percent: of all that the volunteer did, and of the reporter's reports.

    `reporter_name` is empty for a phone without a name.
    """

    account_id: int
    handler_name: str
    partner_id: int
    reporter_name: str
    orders: int
    points: int
    share_of_handler: int
    share_of_reporter: int
    is_mutual: bool
    """Whether they handled each other's reports."""
    latest: list[PairedOrder]


async def list_pairs(by: Actor, now: datetime) -> list[Pair]:
    """The pairs that stand out among the volunteers of the areas that the actor looks after."""
    requested = {"since": shanghai_date(now) - timedelta(days=DAYS), "least": PAIRS_FROM, "share": SHARE_FROM}
    within = within_any("p.committee_code", areas_of(by, Permission.REVIEW_REWARDS), "area")
    rows = await db.fetch(sql(_PAIRS, within=within, shown=SHOWN, **requested))
    names = await people.list_masked_names([row[side] for row in rows for side in ("account_id", "partner_id")])
    return [
        msgspec.convert(
            {
                **row,
                "handler_name": names.get(row["account_id"], ""),
                "reporter_name": names.get(row["partner_id"], ""),
                "latest": _orders(row["order_ids"], row["numbers"]),
            },
            Pair,
        )
        for row in rows
    ]


def _orders(ids: list[int], numbers: list[str]) -> list[dict[str, object]]:
    """Each order once, the latest first."""
    return [{"id": order_id, "number": number} for order_id, number in dict(zip(ids, numbers, strict=True)).items()]
