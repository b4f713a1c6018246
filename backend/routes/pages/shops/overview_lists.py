"""The lists behind the shares of the shops' overview: findings of a department, pickups of a route."""

from typing import Any

from litestar import Response, get

from backend.accounts.permissions import Permission
from backend.routes.actions import shop_figure_links as links
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.web.views import pickups as pickup_words
from shops.inspections.structs import Department
from shops.overview import lists, queries
from shops.overview.structs import WhichFindings

_ROWS = 50


@get("/shops/overview/findings", guards=[requires(Permission.READ_SHOPS)], include_in_schema=False)
async def show_rated_findings(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    area, cursor = queries.require_area(ctx.actor, area_in(query.get("area"))), query.get("cursor")
    department, which = _one_of(query.get("department"), Department), _one_of(query.get("which"), WhichFindings)
    kind = WhichFindings(which or WhichFindings.DUE)
    found = await lists.list_findings(area, department, kind, ctx.actor, ctx.now, limit=_ROWS, cursor=cursor)
    page = await base.page_of(ctx)
    shown = {"area": area, "department": department, "which": kind, "departments": list(Department)}
    return base.html("shops/rated_findings.html", page, found=found, kinds=list(WhichFindings), link=links, **shown)


@get("/shops/overview/pickups", guards=[requires(Permission.READ_SHOPS)], include_in_schema=False)
async def show_past_pickups(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    area, late_only = queries.require_area(ctx.actor, area_in(query.get("area"))), query.get("late") == "1"
    route = _number(query.get("route", ""))
    cursor = query.get("cursor")
    found = await lists.list_pickups(area, route, ctx.actor, ctx.now, late_only=late_only, limit=_ROWS, cursor=cursor)
    page = await base.page_of(ctx)
    words = {"hours": pickup_words.hours_between, "day_of": lambda at: pickup_words.day_at(page, at)}
    return base.html(
        "shops/past_pickups.html", page, found=found, area=area, route=route, late_only=late_only, link=links, **words
    )


def _one_of(typed: str | None, known: Any) -> str:
    """What the address says, as far as it is one of these."""
    return next((each.value for each in known if each.value == typed), "")


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 18 else 0
