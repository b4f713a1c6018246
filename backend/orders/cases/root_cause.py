"""顽症根治: what comes up at one place again and again needs more than another fix.

The third order of one class of items within thirty days opens an order for the street's own unit, or the centre where
it has none. While that one is open no other is opened for the place and class; once it has ended, counting begins anew.
Orders that nobody reported, that were merged or cancelled do not count.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from backend import db
from backend.orders.assignment import opening
from backend.orders.assignment.structs import Opened, Opening, OrderSite
from backend.orders.model.sources import UNREPORTED_SQL
from backend.orders.model.states import ENDED, State, quoted

ITEM = "D101"
SOURCE = "root_cause"
TIMES, WITHIN_DAYS = 3, 30
_VOID = (State.CANCELLED, State.MERGED)
_ONCE = "work_order_root_cause_once"

# $1 the orders that may be one too many. Whatever runs late looks back from when such an order was opened.
_AGAIN = f"""
    SELECT o.place_id, o.area_code, o.grid_code, ST_X(o.loc::geometry) AS lng, ST_Y(o.loc::geometry) AS lat,
           coalesce(nullif(p.name, ''), p.address, '') AS label, i.item_code AS class_code, i.item_zh, past.numbers
    FROM work_order o JOIN item i ON i.code = o.item_id JOIN place p ON p.id = o.place_id
    CROSS JOIN LATERAL (
        SELECT coalesce(max(coalesce(r.closed_at, r.cancelled_at)), '-infinity') AS ended_at,
               count(*) FILTER (WHERE r.state NOT IN ({quoted(ENDED)})) AS open_ones
        FROM work_order r WHERE r.place_id = o.place_id AND r.root_cause_of = i.item_code
    ) root
    CROSS JOIN LATERAL (
        SELECT array_agg(s.number ORDER BY s.id) AS numbers
        FROM work_order s JOIN item c ON c.code = s.item_id AND c.item_code = i.item_code
        WHERE s.place_id = o.place_id AND s.source_kind NOT IN ({UNREPORTED_SQL})
          AND s.state NOT IN ({quoted(_VOID)}) AND s.opened_at > root.ended_at
          AND s.opened_at BETWEEN o.opened_at - interval '{WITHIN_DAYS} days' AND o.opened_at
    ) past
    WHERE o.id = ANY($1::bigint[]) AND o.source_kind NOT IN ({UNREPORTED_SQL}) AND root.open_ones = 0
      AND cardinality(past.numbers) >= {TIMES}
    ORDER BY o.id
"""
_NAME = "UPDATE work_order SET root_cause_of = $2 WHERE id = $1"


async def open_root_causes(order_ids: Sequence[int], now: datetime) -> list[Opened]:
    """Open an order for the cause wherever one of these orders is the third of its class at its place."""
    rows = {}
    for row in await db.fetch(_AGAIN, order_ids):
        rows.setdefault((row["place_id"], row["class_code"]), row)  # the first; the others come after that order
    opened = [await _open(row, now) for row in rows.values()]
    return [each for each in opened if each is not None]


async def _open(row: asyncpg.Record, now: datetime) -> Opened | None:
    """Open it, unless somebody else just did."""
    try:
        async with db.savepoint():
            opened = await opening.open(_opening(row), now=now)
            await db.execute(_NAME, opened.order_id, row["class_code"])
            return opened
    except asyncpg.UniqueViolationError as error:
        if getattr(error, "constraint_name", None) != _ONCE:
            raise
        return None


def _opening(row: asyncpg.Record) -> Opening:
    numbers = row["numbers"]
    return Opening(
        item_code=ITEM,
        scene=OrderSite(**{name: row[name] for name in ("lng", "lat", "area_code", "grid_code", "place_id", "label")}),
        actor=None,
        actor_role="system",
        source_kind=SOURCE,
        reporter_kinds=None,
        description=_words(row["item_zh"], numbers),
    )


def _words(item_zh: str, numbers: list[str]) -> str:
    times = len(numbers)
    return f"{item_zh}:{WITHIN_DAYS} 天内 {times} 次 / {times} times in {WITHIN_DAYS} days ({', '.join(numbers)})"
