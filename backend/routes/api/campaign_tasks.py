"""排查: what somebody who goes has to do in campaigns, and what they filled in at a target."""

from litestar import Controller, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from backend.campaigns.records.structs import FiledCampaignRecord, NewCampaignRecord
from backend.campaigns.rounds import own_tasks
from backend.campaigns.rounds.structs import OwnTask, OwnTaskDetail
from backend.routes.actions.campaign_records import file_from_phone
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.structs import Page


class CampaignTasksController(Controller):
    path = "/checks"
    tags = ("campaigns",)
    guards = [signed_in]

    @get(operation_id="list_campaign_tasks", summary="What one has to do now in campaigns, what is due first first")
    async def list(self, ctx: Ctx) -> Page[OwnTask]:
        """Of rounds that run alone: no list of what was done or will be."""
        return Page(items=await own_tasks.list_own(ctx.actor))

    @get("/{task_id:int}", operation_id="get_campaign_task", summary="One of them with its form")
    async def show(self, ctx: Ctx, task_id: Id) -> OwnTaskDetail:
        return await own_tasks.get_own(task_id, ctx.actor)

    @post(
        "/{task_id:int}/records",
        operation_id="file_campaign_record",
        summary="填报: what was filled in at a target",
        responses={200: ResponseSpec(FiledCampaignRecord, description="Sent before under its key: the same record")},
    )
    async def file(self, ctx: Ctx, task_id: Id, data: JSONBody[NewCampaignRecord]) -> Response[FiledCampaignRecord]:
        """An answer that means trouble opens an order, or goes to the one that is open. Sent again it is the same."""
        filed = await file_from_phone(ctx, task_id, data)
        return Response(filed, status_code=201 if filed.is_new else 200)
