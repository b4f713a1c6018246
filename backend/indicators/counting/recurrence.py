"""What came again at one place: SQL about when the same item was filed there before, and whom a change concerns.

Neither place nor item of an order changes after it was opened; whether it counts (cancelled, merged) does.
"""

from collections.abc import Sequence

from backend import db
from backend.indicators.measures.of_orders import RECURRENCE_DAYS
from backend.orders.model.sources import UNREPORTED_SQL
from backend.orders.model.states import State

_HORIZON = f"interval '{max(RECURRENCE_DAYS)} days'"
_COUNTS = f"{{0}}.state NOT IN ('{State.CANCELLED}', '{State.MERGED}') AND {{0}}.source_kind NOT IN ({UNREPORTED_SQL})"
# From id to id over the index of the place, until one is found or all further ones are too old.
RECURRED_AFTER = f"""(
            SELECT CASE WHEN p.opened_at >= o.opened_at - {_HORIZON} THEN o.opened_at - p.opened_at END
            FROM work_order p
            WHERE p.place_id = o.place_id AND p.id < o.id AND (
                p.opened_at < o.opened_at - {_HORIZON} OR p.item_id = o.item_id AND {_COUNTS.format("p")})
            ORDER BY p.id DESC LIMIT 1)"""
"""How long after the one before, of `work_order o`; null where there was none within the horizon."""
_FOLLOWING = f"""
    SELECT n.id FROM work_order o JOIN LATERAL (
        SELECT f.id, f.opened_at FROM work_order f
        WHERE f.place_id = o.place_id AND f.id > o.id AND (
            f.opened_at > o.opened_at + {_HORIZON} OR f.item_id = o.item_id AND {_COUNTS.format("f")})
        ORDER BY f.id LIMIT 1
    ) n ON n.opened_at <= o.opened_at + {_HORIZON}
    WHERE o.id = ANY($1::bigint[])
"""


async def list_following(order_ids: Sequence[int]) -> list[int]:
    """The next order of the same item at the place of each: whether it came again depends on the one before it."""
    return [row["id"] for row in await db.fetch(_FOLLOWING, list(order_ids))]


async def with_following(order_ids: Sequence[int]) -> list[int]:
    """These, and those whose recurrence depends on them, each once."""
    return list(dict.fromkeys([*order_ids, *await list_following(order_ids)]))
