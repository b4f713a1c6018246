"""我的任务: the page on which a volunteer's work begins: on call or not, the orders in hand, hours and points."""

from litestar import Response, get

from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from backend.routes.pages.volunteer import on_call
from backend.routes.pages.volunteer.on_call import GRABBERS, ON_CALL_DONE
from backend.web.views.offers import take_of
from grab_orders.ledgers import queries as ledgers
from grab_orders.offers import me as summary
from grab_orders.offers import takes

_DONE = (*ON_CALL_DONE, "grab", "gave_back", "arrived")
_PAST_MOST = 10


@get("/volunteer", guards=GRABBERS, include_in_schema=False)
async def show_volunteer(ctx: Ctx) -> Response:
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done", "")
    account_id = ctx.actor.account_id
    hours, points = await ledgers.hours_of(account_id), await ledgers.points_of(account_id)
    me = await summary.get_me(ctx.actor, page.now, hours=hours, points=points)
    return base.html(
        "volunteer/home.html",
        page,
        me=me,
        takes=[take_of(take, page) for take in me.open_orders],
        stand=await on_call.find_stand(ctx.actor, page.now),
        past=await takes.list_finished(account_id, _PAST_MOST),
        done=done if done in _DONE else "",
    )
