"""预案与指挥组: what is prepared for an area; whoever commands there changes it, by page or by file."""

from litestar import Response, get

from backend.accounts.permissions import Permission, areas_of
from backend.campaigns.templates import list_templates
from backend.emergencies import groups, plans, rights
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base

READ, COMMAND = [requires(Permission.READ_DESK)], [requires(Permission.COMMAND_EMERGENCIES)]


@get("/emergencies/plans", guards=READ, include_in_schema=False)
async def show_preparations(ctx: Ctx) -> Response:
    area_code = max(areas_of(ctx.actor, Permission.READ_DESK), key=len, default="")
    own, page = areas_of(ctx.actor, Permission.COMMAND_EMERGENCIES), await base.page_of(ctx)
    templates = {each.code: page.pick(each.name_zh, each.name_en) or each.code for each in list_templates()}
    return base.html(
        "emergencies/plans.html",
        page,
        named=lambda codes: ", ".join(templates.get(code) or code for code in codes),
        plans=[*await plans.list_plans(area_code), *(await plans.list_off(own) if own else [])],
        groups=[*await groups.list_groups(area_code), *(await groups.list_off(own) if own else [])],
        may_edit=lambda code: rights.may_command(ctx.actor, code),
        commands=bool(own),
        done=done_in(ctx),
    )


def done_in(ctx: RequestContext) -> bool:
    return ctx.request.query_params.get("done") == "saved"
