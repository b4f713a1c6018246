"""Look at ladders without ringing: what is due for orders at an instant, and when to look again."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend.orders.clocks import ladder, plan
from backend.orders.clocks.ladder import Ring, Rung
from backend.orders.queries.ladder import list_rung
from backend.orders.queries.timelines import Ticking


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at one order's ladder finds: what rings, and when to look again."""

    order: Ticking
    ringing: list[Ring]
    again_at: datetime | None


async def look_at(
    orders: Sequence[Ticking], rungs: Sequence[Rung], now: datetime, until: datetime | None = None
) -> list[Look]:
    """What rings for these orders now, or would from now until a later instant; nothing is rung."""
    rung = await list_rung([order.id for order in orders])
    return [_look(order, rungs, rung.get(order.id, set()), now, until or now) for order in orders]


def _look(
    order: Ticking, rungs: Sequence[Rung], rung: set[tuple[int, datetime]], now: datetime, until: datetime
) -> Look:
    by = plan.counting_of(order.timeline, order.terms)
    own = ladder.ladder_of(order.subject, rungs)
    waiting = [ring for ring in ladder.rings(order.timeline, own, by) if (ring.rung.id, ring.round_at) not in rung]
    told_at = [(ladder.tell_at(ring, order.subject.priority, now), ring) for ring in waiting]
    return Look(
        order=order,
        ringing=[ring for at, ring in told_at if at <= until],
        again_at=min((at for at, _ in told_at if at > until), default=None),
    )
