"""Batches, coverage and suspected plates over HTTP, for those who order plates and answer for an area."""

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody

from backend.accounts.permissions import Permission, areas_of
from backend.routes.actions import plate_rights
from backend.routes.api.code_inputs import MintBatch, Settle
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Cursor, Limit
from backend.structs import Page
from qr import overview, runtime
from qr import service as qr
from qr.structs import AreaCoverage, Batch, BatchView, PlateCheck


class BatchController(Controller):
    path = "/code-batches"
    tags = ("codes",)
    guards = [requires(Permission.MINT_CODES)]

    @get(operation_id="list_code_batches", summary="Batches of one's own area, the latest first")
    async def list_batches(self, ctx: Ctx, limit: Limit = 50, cursor: Cursor = None) -> Page[BatchView]:
        areas = areas_of(ctx.actor, Permission.MINT_CODES)
        return await overview.list_batches(areas, limit=limit, cursor=cursor)

    @post(operation_id="mint_codes", summary="Mint codes ahead of binding")
    async def mint(self, ctx: Ctx, data: JSONBody[MintBatch]) -> Batch:
        plate_rights.must_hold(ctx.actor, Permission.MINT_CODES, data.area_code)
        return await qr.mint(
            data.count,
            keys=runtime.current_runtime().keys,
            now=ctx.now,
            actor_id=ctx.actor.account_id,
            area_code=data.area_code,
            note=data.note,
        )


class PlateCheckController(Controller):
    path = "/plate-checks"
    tags = ("codes",)
    guards = [requires(Permission.BIND_CODES)]

    @get(operation_id="list_plate_checks", summary="Plates that are scanned where they do not hang")
    async def list_checks(self, ctx: Ctx) -> list[PlateCheck]:
        return await overview.list_open_checks(areas_of(ctx.actor, Permission.BIND_CODES))

    @post("/{check_id:int}/settle", operation_id="settle_plate_check", status_code=204, summary="Say what was found")
    async def settle(self, ctx: Ctx, check_id: FromPath[int], data: JSONBody[Settle]) -> None:
        await qr.settle_check(check_id, data.finding, actor=ctx.actor, now=ctx.now)


class CoverageController(Controller):
    path = "/code-coverage"
    tags = ("codes",)
    guards = [requires(Permission.BIND_CODES)]

    @get(operation_id="get_code_coverage", summary="Places without a code, and codes nobody scans, by area")
    async def coverage(self, ctx: Ctx) -> list[AreaCoverage]:
        areas = areas_of(ctx.actor, Permission.BIND_CODES)
        return await overview.list_coverage(areas, ctx.now)
