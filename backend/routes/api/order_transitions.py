"""The moves that bend an order's way: given back, put off, helped with, urged, watched, ended."""

from litestar import Controller, post
from litestar.params import JSONBody
from msgspec.structs import replace

from backend.accounts.permissions import Permission
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.model.inputs import (
    AskExtension,
    AskSuspension,
    Called,
    CoHandle,
    Decide,
    MakeSafe,
    Reassign,
    Release,
    Remark,
    Return,
    SelfHandled,
    WithReason,
)
from backend.orders.reads.views import OrderDetail
from backend.orders.transitions.transition import TransitionContext
from backend.routes.http.dependencies import By
from backend.routes.http.guards import requires, signed_in
from backend.routes.http.parameters import Id

_HANDLE = [requires(Permission.HANDLE_ORDERS)]
_DISPATCH = [requires(Permission.DISPATCH_ORDERS)]


async def shown(order_id: int, by: TransitionContext) -> OrderDetail:
    return await reads.get_order(order_id, by.actor, by.now)


class WorkController(Controller):
    """What whoever works on an order may do besides the straight way."""

    path = "/orders/{order_id:int}"
    tags = ("orders",)
    guards = [requires(Permission.WORK_ON_ORDERS)]

    @post("/made-safe", operation_id="make_order_safe", status_code=200, summary="现场防护: made safe at once")
    async def make_safe(self, order_id: Id, data: JSONBody[MakeSafe], by: By) -> OrderDetail:
        await orders.make_safe(order_id, data, replace(by, captured_at=data.captured_at))
        return await shown(order_id, by)


class HandlerMovesController(Controller):
    """What the handler may do besides."""

    path = "/orders/{order_id:int}"
    tags = ("orders",)
    guards = _HANDLE

    @post("/return", operation_id="return_order", status_code=204, summary="退单: give the order back with a reason")
    async def give_back(self, order_id: Id, data: JSONBody[Return], by: By) -> None:
        """No content: the order may lie beyond the handler's sight afterwards."""
        await orders.give_back(order_id, data, by)

    @post("/extension", operation_id="ask_extension", status_code=200, summary="申请延期: ask for more minutes")
    async def ask_extension(self, order_id: Id, data: JSONBody[AskExtension], by: By) -> OrderDetail:
        await orders.ask_extension(order_id, data, by)
        return await shown(order_id, by)

    @post("/suspension", operation_id="ask_suspension", status_code=200, summary="申请挂账: ask to put the order aside")
    async def ask_suspension(self, order_id: Id, data: JSONBody[AskSuspension], by: By) -> OrderDetail:
        await orders.ask_suspension(order_id, data, by)
        return await shown(order_id, by)


class DeskMovesController(Controller):
    """What the operations centre and the street may do."""

    path = "/orders/{order_id:int}"
    tags = ("orders",)
    guards = _DISPATCH

    @post("/decision", operation_id="decide_request", status_code=200, summary="审批: grant or refuse")
    async def decide(self, order_id: Id, data: JSONBody[Decide], by: By) -> OrderDetail:
        await orders.decide(order_id, data, by)
        return await shown(order_id, by)

    @post("/reassign", operation_id="reassign_order", status_code=200, summary="改派: give it to another unit")
    async def reassign(self, order_id: Id, data: JSONBody[Reassign], by: By) -> OrderDetail:
        await orders.reassign(order_id, data, by)
        return await shown(order_id, by)

    @post(
        "/release", operation_id="release_order", status_code=200, summary="放入抢单池: let whoever is on call take it"
    )
    async def release(self, order_id: Id, data: JSONBody[Release], by: By) -> OrderDetail:
        await orders.release(order_id, data, by)
        return await shown(order_id, by)

    @post("/supervise", operation_id="supervise_order", status_code=200, summary="督办: watch it")
    async def supervise(self, order_id: Id, data: JSONBody[Remark], by: By) -> OrderDetail:
        await orders.supervise(order_id, data.note, by)
        return await shown(order_id, by)

    @post("/cancel", operation_id="cancel_order", status_code=200, summary="作废: end it with a reason")
    async def cancel(self, order_id: Id, data: JSONBody[WithReason], by: By) -> OrderDetail:
        await orders.cancel(order_id, data.reason, by)
        return await shown(order_id, by)

    @post("/merge", operation_id="merge_order", status_code=200, summary="并案: it goes on as one case with another")
    async def merge(self, order_id: Id, data: JSONBody[Merge], by: By) -> OrderDetail:
        await orders.merge(order_id, data, by)
        return await shown(data.into_id, by)

    @post("/unmerge", operation_id="unmerge_order", status_code=200, summary="拆案: it goes on by itself again")
    async def unmerge(self, order_id: Id, data: JSONBody[WithReason], by: By) -> OrderDetail:
        await orders.unmerge(order_id, data.reason, by)
        return await shown(order_id, by)

    @post("/follow-up", operation_id="keep_call", status_code=200, summary="回访: keep what was said")
    async def keep_call(self, order_id: Id, data: JSONBody[Called], by: By) -> OrderDetail:
        await orders.record_call(order_id, data, by)
        return await shown(order_id, by)


class SharedMovesController(Controller):
    """Moves of several kinds of people; the order's own rules decide."""

    path = "/orders/{order_id:int}"
    tags = ("orders",)
    guards = (signed_in,)

    @post("/resume", operation_id="resume_order", status_code=200, summary="恢复处置: take a suspended order up again")
    async def resume(self, order_id: Id, data: JSONBody[Remark], by: By) -> OrderDetail:
        await orders.resume(order_id, by)
        return await shown(order_id, by)

    @post("/co-handling", operation_id="co_handle_order", status_code=200, summary="协办: a sub-order for another unit")
    async def co_handle(self, order_id: Id, data: JSONBody[CoHandle], by: By) -> OrderDetail:
        await orders.co_handle(order_id, data, by)
        return await shown(order_id, by)

    @post("/urge", operation_id="urge_order", status_code=200, summary="催办: remind whoever has it")
    async def urge(self, order_id: Id, data: JSONBody[Remark], by: By) -> OrderDetail:
        await orders.urge(order_id, data.note, by)
        return await shown(order_id, by)

    @post("/self-handled", operation_id="self_handle_order", status_code=200, summary="自处理: fixed on the spot")
    async def self_handle(self, order_id: Id, data: JSONBody[SelfHandled], by: By) -> OrderDetail:
        await orders.self_handle(order_id, data, by)
        return await shown(order_id, by)
