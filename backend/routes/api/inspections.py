"""Inspections of shops over HTTP: the check lists of a shop's area, one inspection, and what was found there."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter

from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.structs import Page
from shops.inspections import access, inspecting, queries
from shops.inspections.structs import ChecklistView, FoundFinding, Inspected, NewInspection

OpenOnly = Annotated[bool, QueryParameter(name="open", description="Only those that are not put right")]


class InspectionsController(Controller):
    path = "/shops/{shop_id:int}"
    tags = ("shops",)

    @get("/checklists", operation_id="list_checklists", summary="检查表: the check lists that are used at a shop")
    async def list_checklists(self, ctx: Ctx, shop_id: Id) -> list[ChecklistView]:
        """For staff of the area, and for the shop, which may know what is looked at."""
        shop = await access.require_reader(shop_id, ctx.actor)
        return await queries.list_checklists(shop.area_code)

    @post("/inspections", operation_id="inspect_shop", summary="检查: write an inspection down")
    async def inspect(self, ctx: Ctx, shop_id: Id, data: JSONBody[NewInspection]) -> Inspected:
        """What was found opens a rectification each. Sent again under its `client_id`, it is the same inspection."""
        return await inspecting.inspect(shop_id, data, ctx.actor, ctx.now)

    @get("/findings", operation_id="list_shop_findings", summary="检查发现: what was found at a shop, open ones first")
    async def list_findings(self, ctx: Ctx, shop_id: Id, is_open: OpenOnly = False) -> Page[FoundFinding]:
        await access.require_reader(shop_id, ctx.actor)
        return Page(items=await queries.list_of_shop(shop_id, open_only=is_open))
