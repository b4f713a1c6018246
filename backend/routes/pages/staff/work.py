"""The lists of those who work, by tab, least time left first; the handler's own."""

from dataclasses import dataclass

from litestar import Response, get

from backend.accounts.structs import Actor
from backend.orders import reads
from backend.orders.model.states import ENDED, OPEN, State
from backend.orders.reads import OrderFilter, flags, reported
from backend.orders.reads.flags import Flags
from backend.orders.reads.views import OrderView
from backend.routes.actions.list_thumbs import thumbs_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.staff import transition_forms
from backend.structs import Page
from backend.web.views.countdown import Countdown, countdown_of
from backend.web.views.next_move import next_move_of
from media.structs import Audience
from shops.pickup.doors import find_doors

_ROWS = 30
Tabs = dict[str, OrderFilter | None]
"""By name, what is listed; None: what the reader reported."""
_HANDLERS: Tabs = {
    "todo": OrderFilter(states=[State.DISPATCHED]),
    "doing": OrderFilter(states=[State.ACCEPTED, State.ON_SITE, State.SUSPENDED], mine=True),
    "review": OrderFilter(states=[State.HANDLED], mine=True),
    "done": OrderFilter(states=[*ENDED], mine=True),
}


@dataclass(frozen=True, slots=True)
class WorkTab:
    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class WorkRow:
    order: OrderView
    where: str
    clock: Countdown
    flags: Flags | None
    """For staff of the order."""
    next: str
    """What the reader does with it next, as `next_move_of` names it."""


@get("/work", guards=[signed_in], include_in_schema=False)
async def show_work(ctx: Ctx) -> Response:
    return await list_page(ctx, "work", _HANDLERS)


async def list_page(ctx: RequestContext, kind: str, tabs: Tabs) -> Response:
    """Orders by tab; `kind`: whose list it is, `work` or `verify`."""
    page, query = await base.page_of(ctx), ctx.request.query_params
    current_tab, found = await _open_tab(ctx.actor, tabs, query.get("tab", ""), query.get("cursor"))
    flagged = await flags.list_flags([order.id for order in found.items if order.audience is Audience.STAFF])
    done = query.get("done", "")
    return base.html(
        "staff/order_list.html",
        page,
        kind=kind,
        tabs=await _tabs(tabs, ctx.actor),
        current_tab=current_tab,
        orders=[
            WorkRow(order, where_of(order), countdown_of(order, page), flagged.get(order.id), next_move_of(order))
            for order in found.items
        ],
        thumbs=await thumbs_of([order.id for order in found.items], ctx.actor, ctx.now),
        done=done if done in transition_forms.NAMES else "",
        next_cursor=found.next_cursor,
        doors=await find_doors(ctx.actor),
    )


async def _open_tab(actor: Actor, tabs: Tabs, name: str, cursor: str | None) -> tuple[str, Page[OrderView]]:
    """The tab that was asked for; else the first one, and where nothing waits there, what the reader has in hand."""
    if name in tabs:
        return name, await _read(actor, tabs[name], cursor)
    first = next(iter(tabs))
    found = await _read(actor, tabs[first], cursor)
    if not found.items and "doing" in tabs:
        in_hand = await _read(actor, tabs["doing"], None)
        return ("doing", in_hand) if in_hand.items else (first, found)
    return first, found


async def _read(actor: Actor, order_filter: OrderFilter | None, cursor: str | None) -> Page[OrderView]:
    if order_filter is None:
        return await reported.list_reported(actor, limit=_ROWS, cursor=cursor)
    return await reads.list_orders(actor, order_filter, limit=_ROWS, cursor=cursor)


async def _tabs(tabs: Tabs, actor: Actor) -> list[WorkTab]:
    """Tabs with the number that waits, where open orders of the whole scope are listed."""
    counted = {name: states for name, order_filter in tabs.items() if (states := _counted(order_filter))}
    counts = await reads.count_open(actor, {state for states in counted.values() for state in states})
    return [
        WorkTab(name, sum(counts.get(state, 0) for state in counted[name]) if name in counted else None)
        for name in tabs
    ]


def _counted(order_filter: OrderFilter | None) -> list[State] | None:
    """The states to count for a tab. Ended orders are millions, and the own ones are all in the list."""
    if order_filter is None or order_filter.mine or not set(order_filter.states or ()) <= set(OPEN):
        return None
    return order_filter.states


def where_of(order: OrderView) -> str:
    """What to call the order's place: its name, its address, else its position in WGS-84."""
    if order.place is not None:
        return order.place.name or order.place.address
    return f"{order.point.lat:.5f}, {order.point.lng:.5f}"
