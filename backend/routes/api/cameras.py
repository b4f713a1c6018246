"""Cameras for staff: which there are, what they saw, where each hangs, and which event was none."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter

from backend.accounts.permissions import Permission
from backend.geo.area_codes import MAPPED_AREA
from backend.intake.cameras import importing, queries, registry
from backend.intake.cameras.structs import (
    CameraClaim,
    CameraDetail,
    CameraEventRead,
    CameraRead,
    CameraRows,
    CameraState,
    CameraSwitch,
    ImportedCameras,
)
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Cursor, Id, Limit
from backend.structs import Page

Area = Annotated[str | None, QueryParameter(name="area", pattern=f"^({MAPPED_AREA})$", description="区划代码")]
State = Annotated[CameraState | None, QueryParameter(name="state", description="unknown: to be claimed")]
_TABLE_MAX_BYTES = 1_000_000


class CamerasController(Controller):
    path = "/cameras"
    tags = ("intake",)
    guards = (requires(Permission.READ_DESK),)

    @get(operation_id="list_cameras", summary="Cameras within one's areas, the latest first")
    async def list_cameras(
        self, ctx: Ctx, area: Area = None, in_state: State = None, limit: Limit = 50, cursor: Cursor = None
    ) -> Page[CameraRead]:
        return await queries.list_cameras(
            ctx.actor, ctx.now, state=in_state, area_code=area or "", limit=limit, cursor=cursor
        )

    @get("/{camera_id:int}", operation_id="get_camera", summary="A camera and what it saw of late")
    async def get_camera(self, ctx: Ctx, camera_id: Id) -> CameraDetail:
        return await queries.get_camera(camera_id, ctx.actor, ctx.now)

    @get("/events", operation_id="list_camera_events", summary="What cameras within one's areas saw, the latest first")
    async def list_events(self, ctx: Ctx, limit: Limit = 50, cursor: Cursor = None) -> Page[CameraEventRead]:
        return await queries.list_events(ctx.actor, ctx.now, limit=limit, cursor=cursor)


class CameraWorkController(Controller):
    path = "/cameras"
    tags = ("intake",)
    guards = (requires(Permission.DISPATCH_ORDERS),)

    @post("/{camera_id:int}/claim", operation_id="claim_camera", status_code=200, summary="认领: where it hangs")
    async def claim(self, ctx: Ctx, camera_id: Id, data: JSONBody[CameraClaim]) -> CameraDetail:
        """From now on what it sees becomes orders. Claimed again, it has moved."""
        await registry.claim(camera_id, data, ctx.actor, ctx.now)
        return await queries.get_camera(camera_id, ctx.actor, ctx.now)

    @post("/{camera_id:int}/switch", operation_id="switch_camera", status_code=200, summary="停用 or 启用")
    async def switch(self, ctx: Ctx, camera_id: Id, data: JSONBody[CameraSwitch]) -> CameraDetail:
        await registry.switch(camera_id, is_on=data.is_on, by=ctx.actor)
        return await queries.get_camera(camera_id, ctx.actor, ctx.now)

    @post(
        "/imports", operation_id="import_cameras", status_code=200, request_max_body_size=_TABLE_MAX_BYTES,
        summary="Cameras of a source from a table",
    )  # fmt: skip
    async def import_cameras(self, ctx: Ctx, data: JSONBody[CameraRows]) -> ImportedCameras:
        """Line by line: one that cannot be read is named and stops no other."""
        return await importing.import_cameras(data, ctx.actor, ctx.now)

    @post("/events/{event_id:int}/wrong", operation_id="mark_camera_event_wrong", status_code=204, summary="误报")
    async def mark_wrong(self, ctx: Ctx, event_id: Id) -> None:
        """There was nothing of the kind: counted against the camera, once. An order of it is cancelled apart."""
        await registry.mark_wrong(event_id, ctx.actor)
