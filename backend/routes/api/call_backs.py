"""回访 over HTTP: a reporter's own number by the tracking link, and the list of whoever calls."""

from litestar import Controller, delete, get, post, put
from litestar.params import FromQuery, JSONBody

from backend.accounts.permissions import Permission
from backend.orders import desk
from backend.orders.desk import Call
from backend.reports.call_back_numbers import opening, queries
from backend.reports.call_back_numbers.structs import NumberAnswer, NumberOnList, OpenedNumber, OwnNumber
from backend.routes.actions import call_back_numbers
from backend.routes.api.tracking import Token
from backend.routes.http.auth import SEALED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Cursor, Id, Limit
from backend.structs import Page, Read

_DISPATCH = [requires(Permission.DISPATCH_ORDERS)]


class CallBack(Read, frozen=True, kw_only=True):
    call: Call
    number: NumberOnList | None
    """None where nobody left one."""


class CallBackNumberController(Controller):
    path = "/tracking/{token:str}/call-back-number"
    tags = ("tracking",)
    opt = SEALED

    @get(operation_id="get_call_back_number", summary="回访电话: one's own, masked")
    async def get_number(self, ctx: Ctx, token: Token) -> OwnNumber:
        return await call_back_numbers.get_own(ctx, token)

    @put(operation_id="answer_call_back_number", summary="Leave a number to be called back, or none")
    async def answer(self, ctx: Ctx, token: Token, data: JSONBody[NumberAnswer]) -> OwnNumber:
        """422 for what is no number of mainland China and without consent; 409 where nobody would call."""
        await call_back_numbers.answer(ctx, token, data)
        return await call_back_numbers.get_own(ctx, token)

    @delete(operation_id="withdraw_call_back_number", summary="Take the consent back: the number is erased")
    async def withdraw(self, ctx: Ctx, token: Token) -> None:
        await call_back_numbers.withdraw(ctx, token)


class CallBacksController(Controller):
    path = "/desk/call-backs"
    tags = ("orders",)
    guards = _DISPATCH

    @get(operation_id="list_call_backs", summary="回访名单: whom to call about what; or what came of it")
    async def list_calls(
        self, ctx: Ctx, *, done: FromQuery[bool] = False, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[CallBack]:
        found = await desk.list_calls(ctx.actor, done=done, limit=limit, cursor=cursor)
        numbers = await queries.list_on_call_list([call.order_id for call in found.items])
        items = [CallBack(call=call, number=numbers.get(call.order_id)) for call in found.items]
        return Page(items=items, next_cursor=found.next)

    @post(
        "/{order_id:int}/openings",
        operation_id="open_call_back_number",
        status_code=200,
        summary="Open the number to call; who did is kept",
    )
    async def open_number(self, ctx: Ctx, order_id: Id) -> OpenedNumber:
        """404 where none was left; 409 where nobody is to be called about the order."""
        return await opening.open_number(order_id, ctx.actor, ctx.runtime.personal_seal, ctx.now)
