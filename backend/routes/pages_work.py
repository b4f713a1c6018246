"""The lists of those who work: the handler's orders by tab, the verifier's, least time left first."""

from dataclasses import dataclass

from litestar import Request, Response, get

from backend.accounts.structs import Actor
from backend.orders import queries
from backend.orders.queries import Filter, flags, reported
from backend.orders.queries.flags import Flags
from backend.orders.states import ENDED, State
from backend.orders.structs import OrderView
from backend.routes import moves_offered, pages_base
from backend.routes.guards import signed_in
from backend.structs import Page
from backend.web.clocks import Clock, clock_of
from media.structs import Audience

_ROWS = 30
Tabs = dict[str, Filter | None]
"""By name, what is listed; None: what the reader reported."""
_HANDLERS: Tabs = {
    "todo": Filter(states=[State.DISPATCHED]),
    "doing": Filter(states=[State.ACCEPTED, State.ON_SITE, State.SUSPENDED], mine=True),
    "review": Filter(states=[State.HANDLED], mine=True),
    "done": Filter(states=[*ENDED], mine=True),
}
_VERIFIERS: Tabs = {
    "review": Filter(states=[State.HANDLED]),
    "done": Filter(states=[*ENDED]),
    "mine": None,
}


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Row:
    order: OrderView
    where: str
    clock: Clock
    flags: Flags | None
    """For staff of the order."""


@get("/work", guards=[signed_in], include_in_schema=False)
async def show_work(request: Request) -> Response:
    return await _list(request, "work", _HANDLERS)


@get("/verify", guards=[signed_in], include_in_schema=False)
async def show_verify(request: Request) -> Response:
    return await _list(request, "verify", _VERIFIERS)


async def _list(request: Request, kind: str, tabs: Tabs) -> Response:
    page, query = await pages_base.page_of(request), request.query_params
    chosen = query.get("tab", "")
    chosen = chosen if chosen in tabs else next(iter(tabs))
    found = await _read(request.user, tabs[chosen], query.get("cursor"))
    flagged = await flags.list_flags([order.id for order in found.items if order.audience is Audience.STAFF])
    done = query.get("done", "")
    return pages_base.html(
        "work/list.html",
        page,
        kind=kind,
        tabs=await _tabs(tabs, request.user),
        chosen=chosen,
        orders=[Row(order, where_of(order), clock_of(order, page), flagged.get(order.id)) for order in found.items],
        done=done if done in moves_offered.NAMES else "",
        next_cursor=found.next_cursor,
    )


async def _read(actor: Actor, wanted: Filter | None, cursor: str | None) -> Page[OrderView]:
    if wanted is None:
        return await reported.list_reported(actor, limit=_ROWS, cursor=cursor)
    return await queries.list_orders(actor, wanted, limit=_ROWS, cursor=cursor)


async def _tabs(tabs: Tabs, actor: Actor) -> list[Tab]:
    """Tabs with the number that waits, where the whole scope is counted."""
    counts = await queries.count_by_state(actor)
    return [Tab(name, _sum(counts, wanted)) for name, wanted in tabs.items()]


def _sum(counts: dict[str, int], wanted: Filter | None) -> int | None:
    if wanted is None or wanted.mine or State.CLOSED in (wanted.states or ()):
        return None
    return sum(counts.get(state.value, 0) for state in wanted.states or ())


def where_of(order: OrderView) -> str:
    """What to call the order's place: its name, its address, else its position in WGS-84."""
    if order.place is not None:
        return order.place.name or order.place.address
    return f"{order.point.lat:.5f}, {order.point.lng:.5f}"
