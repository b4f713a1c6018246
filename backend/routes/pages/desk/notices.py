"""Notices of the desk that their reader puts away, each for themselves."""

from litestar import post
from litestar.response import Redirect

from backend.accounts.permissions import Permission
from backend.calendars import dismissing
from backend.routes.actions.desk_filters import read_filter, write_filter
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word


@post("/desk/notices/put-away", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def put_away(ctx: Ctx) -> Redirect:
    """Back to the same list, without the notice."""
    desk_filter, _ = read_filter(ctx.request.query_params)
    await dismissing.dismiss(ctx.actor.account_id, word(await read_form(ctx), "key", 40), ctx.now)
    return base.see_other(f"/desk?{write_filter(desk_filter)}")
