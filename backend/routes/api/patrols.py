"""Patrols over HTTP: the tasks of a day, a walk stop by stop, what was found on it, and how much was covered."""

from datetime import date
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter, JSONBody, PathParameter, QueryParameter

from backend.calendars.rules import shanghai_date
from backend.committees.patrols import coverage, proving, reads, rules, walking
from backend.committees.patrols.coverage import PatrolCoverage
from backend.committees.patrols.structs import EndWalk, FindingDraft, PatrolProgress, StopProof, TaskDetail, TaskView
from backend.routes.actions import scanning
from backend.routes.actions.patrol_findings import PatrolReceipt, report_finding
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.structs import IdempotencyKey, Page

Seq = Annotated[int, PathParameter(ge=1, le=rules.STOPS_MOST, description="The number of the stop on the walk / 顺序")]
Day = Annotated[date | None, QueryParameter(description="A day in Shanghai, today unless told otherwise")]
Within = Annotated[str, QueryParameter(pattern="^[0-9]{0,12}$", description="An area to keep to, a prefix of codes")]
ReportKeyHeader = Annotated[
    IdempotencyKey | None,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=8,
        max_length=64,
        pattern="^[A-Za-z0-9_-]+$",
        description="Made by the phone, once per report: sending it again files nothing anew",
    ),
]


class PatrolController(Controller):
    path = "/patrols"
    tags = ("patrols",)
    guards = [signed_in]

    @get(
        operation_id="list_patrols", summary="The walks of a day within one's areas: the own first, then the open ones"
    )
    async def list(self, ctx: Ctx, day: Day = None, area: Within = "") -> Page[TaskView]:
        return Page(items=await reads.list_tasks(ctx.actor, day or shanghai_date(ctx.now), area))

    @get("/{task_id:int}", operation_id="get_patrol", summary="One walk; its stops for those who may know them")
    async def show(self, ctx: Ctx, task_id: Id) -> TaskDetail:
        return await reads.get_task(task_id, ctx.actor, ctx.now)

    @post("/{task_id:int}/claim", operation_id="claim_patrol", status_code=200, summary="领取: walk it oneself")
    async def claim(self, ctx: Ctx, task_id: Id) -> PatrolProgress:
        """One wins; 409 for everybody else. Claiming what one has claimed changes nothing."""
        return await walking.claim(task_id, ctx.actor, ctx.now)

    @post(
        "/{task_id:int}/hand-back", operation_id="hand_patrol_back", status_code=200, summary="退回: let others walk it"
    )
    async def hand_back(self, ctx: Ctx, task_id: Id) -> PatrolProgress:
        return await walking.hand_back(task_id, ctx.actor, ctx.now)

    @post("/{task_id:int}/finish", operation_id="finish_patrol", status_code=200, summary="结束: the rest is missed")
    async def finish(self, ctx: Ctx, task_id: Id, data: JSONBody[EndWalk]) -> PatrolProgress:
        return await walking.finish(task_id, data, ctx.actor, ctx.now)


class PatrolStopController(Controller):
    path = "/patrols/{task_id:int}/stops/{seq:int}"
    tags = ("patrols",)
    guards = [signed_in]

    @post("/proof", operation_id="prove_patrol_stop", status_code=200, summary="到点打卡: by its code or by position")
    async def prove(self, ctx: Ctx, task_id: Id, seq: Seq, data: JSONBody[StopProof]) -> PatrolProgress:
        """A stop that is proved stays as it is: sending again changes nothing."""
        async with scanning.parsing(ctx, data) as said:
            return await proving.prove(task_id, seq, said, ctx.actor, ctx.now)

    @post(
        "/findings",
        operation_id="report_patrol_finding",
        summary="发现问题: an ordinary report at the stop's place, tied to the walk",
        responses={200: ResponseSpec(PatrolReceipt, description="Sent before under the same key: the same report")},
    )
    async def report(
        self, ctx: Ctx, task_id: Id, seq: Seq, data: JSONBody[FindingDraft], key: ReportKeyHeader = None
    ) -> Response[PatrolReceipt]:
        receipt = await report_finding(ctx, task_id, seq, data, key)
        return Response(receipt, status_code=201 if receipt.is_new else 200)


class PatrolCoverageController(Controller):
    path = "/patrol-coverage"
    tags = ("patrols",)
    guards = [signed_in]

    @get(operation_id="get_patrol_coverage", summary="How many of the stops of a span were visited, by committee")
    async def coverage(self, ctx: Ctx, first: Day = None, last: Day = None) -> list[PatrolCoverage]:
        today = shanghai_date(ctx.now)
        areas = ctx.actor.areas_of(*rules.OVERSEERS)
        return await coverage.list_coverage(areas, first or today, last or today)
