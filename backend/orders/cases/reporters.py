"""Two reporters are one person: orders, steps and verdicts of the one are the other's from now on (账号合并).

A step keeps all that it says. The database lets it change its actor to the account that its actor goes on as, and
nothing else of it, ever.
"""

from collections.abc import Collection

from backend import db

_LOCK = """
    SELECT id FROM work_order WHERE id IN (
        SELECT id FROM work_order WHERE opened_by_id = ANY($1::bigint[])
        UNION SELECT order_id FROM order_follower WHERE account_id = ANY($1::bigint[]))
    ORDER BY id FOR UPDATE
"""
_OPENED = "UPDATE work_order SET opened_by_id = $2 WHERE opened_by_id = $1 RETURNING id"
_FOLLOWED = """
    UPDATE order_follower f SET account_id = $2 WHERE f.account_id = $1 AND NOT EXISTS (
        SELECT FROM order_follower o WHERE o.account_id = $2 AND o.order_id = f.order_id AND o.origin_id = f.origin_id)
"""
_STILL_FOLLOWED = "DELETE FROM order_follower WHERE account_id = $1"
# Whoever opened it on one phone and joined it on the other has reported it once.
_IS_OPENER = """
    DELETE FROM order_follower f USING work_order o
    WHERE f.account_id = $1 AND f.order_id = ANY($2::bigint[]) AND f.origin_id = f.order_id
        AND o.id = f.order_id AND o.opened_by_id = f.account_id
"""
_FOLLOWS = "SELECT DISTINCT order_id FROM order_follower WHERE account_id = $1"
# What both said under one key, or of one round, stays as it is under both.
_STEPS = """
    UPDATE order_step s SET actor_id = $2 WHERE s.order_id = ANY($3::bigint[]) AND s.actor_id = $1 AND NOT EXISTS (
        SELECT FROM order_step_key k WHERE k.order_id = s.order_id AND k.actor_id = $2
            AND k.idempotency_key = s.idempotency_key)
    RETURNING s.id
"""
_KEYS = "UPDATE order_step_key SET actor_id = $2 WHERE actor_id = $1 AND step_id = ANY($3::bigint[])"
_VERDICTS = """
    UPDATE order_verdict v SET account_id = $2
    WHERE v.order_id = ANY($3::bigint[]) AND v.account_id = $1 AND NOT EXISTS (
        SELECT FROM order_verdict o WHERE o.account_id = $2 AND o.order_id = v.order_id AND o.round = v.round
            AND o.kind = v.kind)
"""


async def lock_reported(account_ids: Collection[int]) -> None:
    """Lock every order that one of these reported, in the order of their ids, before the accounts are frozen.

    Whoever moves one of them takes the order first and its account afterwards.
    """
    await db.fetch(_LOCK, list(account_ids))


async def merge_reporters(merged_id: int, survivor_id: int) -> None:
    """Within the transaction in which the one goes on as the other."""
    opened = {row["id"] for row in await db.fetch(_OPENED, merged_id, survivor_id)}
    orders = sorted(opened | {row["order_id"] for row in await db.fetch(_FOLLOWS, merged_id)})
    await db.execute(_FOLLOWED, merged_id, survivor_id)
    await db.execute(_STILL_FOLLOWED, merged_id)
    await db.execute(_IS_OPENER, survivor_id, orders)
    steps = [row["id"] for row in await db.fetch(_STEPS, merged_id, survivor_id, orders)]
    await db.execute(_KEYS, merged_id, survivor_id, steps)
    await db.execute(_VERDICTS, merged_id, survivor_id, orders)
