"""The register of shops as staff read it: a list to search and narrow, and a form for a shop that is not in it yet."""

import re
from functools import partial
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post

from backend.accounts.permissions import Permission, may
from backend.errors import AppError, BadRequest
from backend.geo.area_codes import CELL, COMMITTEE_CHARS, is_beginning
from backend.routes.actions import scanning
from backend.routes.actions.area_names import names_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from backend.routes.pages.shops.entry_form import TypedEntry, read_entry, typed_entry
from backend.web.views.grid_names import grid_name
from qr import queries as qr
from shops.grades.structs import Grade
from shops.overview.conditions import narrowed_to
from shops.overview.structs import Concern
from shops.public import kitchen
from shops.register import changes, listing
from shops.register.structs import ShopFilter, ShopState
from shops.register.trades import TradeClass

_ROWS = 30
_TABS = ("all", "claims", "unclaimed", "warned")
_NARROWED: dict[str, dict[str, Any]] = {
    "claims": {"has_claims": True},
    "unclaimed": {"has_owner": False},
    "warned": {"is_warned": True},
}
_FILTERS = ("q", "state", "trade", "tab", "area", "cell", "grade", "concern")


@get("/shops", guards=[requires(Permission.READ_SHOPS)], include_in_schema=False)
async def show_register(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/shops", guards=[requires(Permission.KEEP_SHOPS)], include_in_schema=False)
async def add_shop(ctx: Ctx) -> Response:
    """A shop at the place of a code."""
    typed = typed_entry(await read_form(ctx))
    try:
        async with scanning.counting_misses(ctx, typed.code) as code:
            if code is None:
                raise BadRequest("shop-code-missing")
            place = await qr.get_place(code)
        shop_id = await changes.register(place.id, read_entry(typed), ctx.actor, ctx.now, ctx.runtime.personal_seal)
    except AppError as error:
        return await _page(ctx, error, typed)
    return base.see_other(f"/shops/{shop_id}?done=registered")


async def _page(ctx: RequestContext, error: AppError | None = None, typed: TypedEntry | None = None) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    narrowed, tab = _read_filter(query)
    from_overview = _from_overview(query)
    besides = narrowed_to(**from_overview, now=ctx.now)
    found = await listing.list_shops(ctx.actor, narrowed, limit=_ROWS, cursor=query.get("cursor"), besides=besides)
    given = {name: query[name] for name in _FILTERS if query.get(name)}
    return base.html(
        "shops/register.html",
        page,
        status=error.status if error else 200,
        shops=found.items,
        count=await listing.count_shops(ctx.actor, narrowed, besides),
        kept={name: value for name, value in {"area": narrowed.area, **from_overview}.items() if value},
        called=partial(grid_name, page, names=await _area_names(narrowed.area, from_overview["cell"])),
        next_cursor=found.next_cursor,
        narrowed=narrowed,
        tabs=_TABS,
        tab=tab,
        states=list(ShopState),
        trades=list(TradeClass),
        link=lambda **changed: "/shops?" + urlencode({k: v for k, v in (given | changed).items() if v}),
        keeps=may(ctx.actor, Permission.KEEP_SHOPS),
        typed=typed or TypedEntry(code=word(query, "code", 200)),
        is_adding=typed is not None or "code" in query,
        kitchens=await kitchen.list_waiting(ctx.actor.areas_of(*kitchen.CONFIRMERS)),
        problem=base.problem_of(page, error, stored=page.t("shop.entry_kept")) if error else None,
    )


def _read_filter(query: Any) -> tuple[ShopFilter, str]:
    """What the address narrows to, and the tab; what it does not know narrows nothing."""
    tab = query.get("tab", "")
    tab = tab if tab in _TABS else _TABS[0]
    said = {"state": query.get("state") or None, "trade_class": query.get("trade") or None}
    area = query.get("area", "")
    known: dict[str, Any] = {"text": query.get("q", "").strip()[:100], **_NARROWED.get(tab, {})}
    known["area"] = area if is_beginning(area) else ""
    try:
        return msgspec.convert({**known, **said}, ShopFilter), tab
    except msgspec.ValidationError:
        return msgspec.convert(known, ShopFilter), tab


async def _area_names(area: str, cell: str) -> dict[str, str]:
    """Of what the list is narrowed to."""
    return await names_of({code for code in (area, cell[:COMMITTEE_CHARS]) if code})


def _from_overview(query: Any) -> dict[str, Any]:
    """What a figure or a cell of the overview narrows to; what is none of these narrows nothing."""
    cell, grade, concern = (query.get(name, "") for name in ("cell", "grade", "concern"))
    return {
        "cell": cell if re.fullmatch(CELL, cell) else "",
        "grade": Grade(grade) if grade in list(Grade) else None,
        "concern": Concern(concern) if concern in list(Concern) else None,
    }
