"""批量改派 over HTTP: the same reassignment for several orders; the answer says for each what came of it."""

from typing import Annotated, Any

from litestar import Controller, post
from litestar.params import JSONBody
from msgspec import Meta

from backend.accounts.permissions import Permission
from backend.orders import verbs as orders
from backend.orders.actions.bulk import BULK_MOST, BulkResult, RefusedReassignment
from backend.orders.model.inputs import Reassign
from backend.orders.transitions.transition import TransitionContext
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import BIGINT_MAX, IdempotencyKeyHeader
from backend.structs import Read
from backend.web.i18n import error_texts

OrderId = Annotated[int, Meta(ge=1, le=BIGINT_MAX)]
Version = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class BulkReassign(Reassign, frozen=True, kw_only=True):
    """Which orders go to a unit's pool or duty, or to a person of it."""

    order_ids: Annotated[list[OrderId], Meta(min_length=1, max_length=BULK_MOST)]
    versions: Annotated[dict[OrderId, Version], Meta(max_length=BULK_MOST)] = {}
    """By order, the version that was looked at: one that has changed since is refused."""


class RefusedOrder(Read, frozen=True, kw_only=True):
    """An order that stays as it was, told as the single move would tell it."""

    order_id: int
    status: int
    code: str
    detail_zh: str
    detail_en: str
    extra: dict[str, Any]


class BulkOutcome(Read, frozen=True, kw_only=True):
    done: list[int]
    refused: list[RefusedOrder]


class BulkController(Controller):
    path = "/orders/bulk-reassign"
    tags = ("orders",)
    guards = (requires(Permission.DISPATCH_ORDERS),)

    @post(operation_id="reassign_orders", status_code=200, summary="批量改派: give several orders to another unit")
    async def reassign(
        self, ctx: Ctx, data: JSONBody[BulkReassign], idempotency_key: IdempotencyKeyHeader = None
    ) -> BulkOutcome:
        """Each order by itself: those that refuse stay as they were, and the answer says why."""
        by = TransitionContext(actor=ctx.actor, now=ctx.now, idempotency_key=idempotency_key)
        to = Reassign(unit_id=data.unit_id, handler_id=data.handler_id, reason=data.reason)
        return _outcome(await orders.reassign_many(data.order_ids, to, by, data.versions))


def _outcome(outcome: BulkResult) -> BulkOutcome:
    return BulkOutcome(done=outcome.done, refused=[_refused(each) for each in outcome.refused])


def _refused(refused: RefusedReassignment) -> RefusedOrder:
    error = refused.error
    return RefusedOrder(
        order_id=refused.order_id,
        status=error.status,
        code=error.code,
        detail_zh=error_texts.sentence(error, "zh"),
        detail_en=error_texts.sentence(error, "en"),
        extra=error.extra,
    )
