"""我的时长与积分, and the ranking of one's committee."""

from litestar import Response, get

from backend.accounts.structs import Role
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.pages import base
from grab_orders.ledgers import policies, queries, ranking
from grab_orders.ledgers.hours import listing
from grab_orders.people import queries as people
from grab_orders.people.rules import committee_among
from grab_orders.people.structs import VolunteerStatus

_ROWS, _CURSOR_CHARS = 20, 200
_STARS = (100, 300, 600, 1000, 1500)
"""Hours from which a volunteer of Shanghai has one star more."""


@get("/volunteer/ledger", guards=[signed_in], include_in_schema=False)
async def show_ledger(ctx: Ctx) -> Response:
    account_id, query = ctx.actor.account_id, ctx.request.query_params
    tab = "points" if query.get("tab") == "points" else "hours"
    listed = queries.list_points if tab == "points" else listing.list_own
    found = await listed(account_id, limit=_ROWS, cursor=query.get("cursor", "")[:_CURSOR_CHARS] or None)
    hours, points = await queries.hours_of(account_id), await queries.points_of(account_id)
    own = await people.find_own(account_id, ctx.now)
    facts = {"tab": tab, "lines": found.items, "next_cursor": found.next_cursor, "hours": hours, "points": points}
    stars = {"stars": sum(hours.confirmed >= least for least in _STARS), "next_star": _next_star(hours.confirmed)}
    is_volunteer = own is not None and own.status is VolunteerStatus.APPROVED
    rules = await policies.find_rules(committee_among(ctx.actor.areas_of(Role.VOLUNTEER)) or "")
    return base.html(
        "volunteer/ledger.html", await base.page_of(ctx), is_volunteer=is_volunteer, rules=rules, **facts, **stars
    )


@get("/volunteer/ranking", guards=[signed_in], include_in_schema=False)
async def show_ranking(ctx: Ctx) -> Response:
    found = await ranking.get_ranking(ctx.actor, ctx.now)
    return base.html("volunteer/ranking.html", await base.page_of(ctx), ranking=found, days=ranking.DAYS)


def _next_star(hours: float) -> int | None:
    return next((least for least in _STARS if hours < least), None)
