"""批量改派: one reassignment for each of several orders. Each is a verb of its own, whole or not at all."""

from collections.abc import Mapping, Sequence
from hashlib import blake2s

import msgspec

from backend.errors import AppError
from backend.orders.actions.returning import reassign
from backend.orders.model.inputs import Reassign
from backend.orders.transitions.transition import TransitionContext
from backend.structs import IdempotencyKey

BULK_MOST = 200
"""Orders that are reassigned at once."""


class RefusedReassignment(msgspec.Struct, frozen=True, kw_only=True):
    order_id: int
    error: AppError


class BulkResult(msgspec.Struct, frozen=True, kw_only=True):
    """Which orders were reassigned, and which were not and why."""

    done: list[int]
    refused: list[RefusedReassignment]


async def reassign_many(
    order_ids: Sequence[int], to: Reassign, by: TransitionContext, seen: Mapping[int, int] | None = None
) -> BulkResult:
    """Reassign these orders one by one; what one of them refuses leaves the others alone.

    `seen`: by order, the version that was looked at.
    """
    outcome = BulkResult(done=[], refused=[])
    for order_id in dict.fromkeys(order_ids):
        try:
            own = {"idempotency_key": _key_for(by.idempotency_key, order_id), "seen": (seen or {}).get(order_id)}
            await reassign(order_id, to, msgspec.structs.replace(by, **own))
        except AppError as error:
            outcome.refused.append(RefusedReassignment(order_id=order_id, error=error))
        else:
            outcome.done.append(order_id)
    return outcome


def _key_for(key: IdempotencyKey | None, order_id: int) -> IdempotencyKey | None:
    """A key for each order, made of the request's: sent again, nothing is done twice."""
    if key is None:
        return None
    return IdempotencyKey("bulk-" + blake2s(f"{key}:{order_id}".encode(), digest_size=16).hexdigest())
