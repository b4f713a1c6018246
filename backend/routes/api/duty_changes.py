"""Requests of committees to change their duty lists, and the town's answers, over HTTP."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter

from backend.accounts.permissions import Permission
from backend.committees.changes import queries, service
from backend.committees.changes.structs import (
    DutyChangeDraft,
    DutyChangeGrant,
    DutyChangeRead,
    DutyChangeRefusal,
    DutyChangeState,
)
from backend.geo.area_codes import MAPPED_AREA
from backend.routes.api.duty_lists import Committee
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Cursor, Id, IdempotencyKeyHeader, Limit
from backend.structs import Page

Area = Annotated[str | None, QueryParameter(name="area", pattern=f"^({MAPPED_AREA})$", description="区划代码")]
State = Annotated[DutyChangeState | None, QueryParameter(name="state", description="All of them, unless told")]


class RequestChangeController(Controller):
    path = "/committees/{committee:str}/duty-changes"
    tags = ("committees",)
    guards = (requires(Permission.READ_OVERVIEW),)

    @post(operation_id="request_duty_change", summary="Ask the town to change how often, switch off or on, or add")
    async def request_change(
        self,
        ctx: Ctx,
        committee: Committee,
        data: JSONBody[DutyChangeDraft],
        idempotency_key: IdempotencyKeyHeader = None,
    ) -> DutyChangeRead:
        """The same key gives the request of then; another one for the same task is refused while one waits."""
        return await service.request_change(committee, data, ctx.actor, ctx.now, idempotency_key)


class DutyChangesController(Controller):
    path = "/duty-changes"
    tags = ("committees",)
    guards = (requires(Permission.READ_OVERVIEW),)

    @get(operation_id="list_duty_changes", summary="Requests within one's areas, the latest first")
    async def list_changes(
        self, ctx: Ctx, area: Area = None, in_state: State = None, limit: Limit = 50, cursor: Cursor = None
    ) -> Page[DutyChangeRead]:
        return await queries.list_changes(ctx.actor, area_code=area or "", state=in_state, limit=limit, cursor=cursor)

    @get("/{change_id:int}", operation_id="get_duty_change", summary="A request, and what became of it")
    async def get_change(self, ctx: Ctx, change_id: Id) -> DutyChangeRead:
        return await queries.get_change(change_id, ctx.actor)

    @post("/{change_id:int}/grant", operation_id="grant_duty_change", status_code=200, summary="同意: the next version")
    async def grant(self, ctx: Ctx, change_id: Id, data: JSONBody[DutyChangeGrant]) -> DutyChangeRead:
        """In force from the day that was asked for, or one that the town names. Nobody grants the own request."""
        return await service.grant(change_id, data, ctx.actor, ctx.now)

    @post("/{change_id:int}/refuse", operation_id="refuse_duty_change", status_code=200, summary="不同意, and why")
    async def refuse(self, ctx: Ctx, change_id: Id, data: JSONBody[DutyChangeRefusal]) -> DutyChangeRead:
        return await service.refuse(change_id, data.reason, ctx.actor, ctx.now)

    @post("/{change_id:int}/withdraw", operation_id="withdraw_duty_change", status_code=200, summary="撤回, while open")
    async def withdraw(self, ctx: Ctx, change_id: Id) -> DutyChangeRead:
        return await service.withdraw(change_id, ctx.actor, ctx.now)
