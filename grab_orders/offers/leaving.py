"""Who leaves helps no more. What somebody led is handed over by the trunk, and the offer follows."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.permissions import Permission, areas_of
from backend.events import service as events
from grab_orders.offers import following
from grab_orders.offers.events import TakeEnded, about_offer, about_take

_LEFT = "left"
_HELPS = """
    SELECT t.id, t.offer_id, t.account_id, f.area_code FROM take t JOIN offer f ON f.id = t.offer_id
    WHERE t.account_id = ANY($1::bigint[]) AND NOT t.is_lead AND t.state IN ('held', 'arrived') ORDER BY f.id
"""
_LOCK = "SELECT id FROM offer WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE"
_END = """
    WITH ended AS (
        UPDATE take SET state = 'ended', end_reason = $2, ended_at = $3
        WHERE id = ANY($1::bigint[]) AND NOT is_lead AND state IN ('held', 'arrived') RETURNING id, offer_id, account_id
    )
    SELECT ended.id AS take_id, ended.account_id, f.id, f.version + 1 AS version, f.order_id, f.number,
           f.item_id AS item_code, f.priority, f.area_code
    FROM ended JOIN offer f ON f.id = ended.offer_id ORDER BY f.id
"""


async def leave(account_ids: Sequence[int], now: datetime) -> None:
    """End the takes of people who help where no grant of theirs lets them take anything any more."""
    async with db.transaction():
        gone = {account_id: not await _may_grab(account_id) for account_id in account_ids}
        helps = [row for row in await db.fetch(_HELPS, list(account_ids)) if gone[row["account_id"]]]
        if not helps:
            return
        await db.execute(_LOCK, [row["offer_id"] for row in helps])
        ended = await db.fetch(_END, [row["id"] for row in helps], _LEFT, now)
        await events.record(
            *(
                TakeEnded(
                    **about_offer(row, row["version"]),
                    **about_take(row["take_id"], row["account_id"], is_lead=False),
                    reason=_LEFT,
                )
                for row in ended
            )
        )
        await following.follow([row["order_id"] for row in ended], now)


async def _may_grab(account_id: int) -> bool:
    actor = await accounts.lock_actor(account_id)
    return actor is not None and bool(areas_of(actor, Permission.GRAB_ORDERS))
