"""预案与指挥组: what is prepared for an area, to read. It is laid down as data (`yima emergencies load`)."""

from litestar import Response, get

from backend.accounts.permissions import Permission, areas_of
from backend.emergencies import groups, plans
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base


@get("/emergencies/plans", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_preparations(ctx: Ctx) -> Response:
    area_code = max(areas_of(ctx.actor, Permission.READ_DESK), key=len, default="")
    return base.html(
        "emergencies/plans.html",
        await base.page_of(ctx),
        plans=await plans.list_plans(area_code),
        groups=await groups.list_groups(area_code),
    )
