"""Look at ladders without ringing: what is due for orders at an instant, and when to look again."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend.orders.deadlines import plan
from backend.orders.deadlines.escalation import ladder
from backend.orders.deadlines.escalation.ladder import DueEscalation, EscalationLevel
from backend.orders.deadlines.escalation.reads import list_escalated
from backend.orders.deadlines.timelines import Ticking


class EscalationCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at one order's ladder finds: what rings, and when to look again."""

    order: Ticking
    ringing: list[DueEscalation]
    again_at: datetime | None


async def check_escalations(
    orders: Sequence[Ticking], rungs: Sequence[EscalationLevel], now: datetime, until: datetime | None = None
) -> list[EscalationCheck]:
    """What rings for these orders now, or would from now until a later instant; nothing is rung."""
    rung, found = await list_escalated([order.id for order in orders]), []
    for order in orders:
        found.append(_look(order, rungs, rung.get(order.id, set()), now, until or now))
        await asyncio.sleep(0)  # the worker delivers messages meanwhile
    return found


def _look(
    order: Ticking, rungs: Sequence[EscalationLevel], rung: set[tuple[int, datetime]], now: datetime, until: datetime
) -> EscalationCheck:
    by = plan.counting_of(order.timeline, order.terms)
    own = ladder.ladder_of(order.subject, rungs)
    waiting = [
        ring for ring in ladder.due_escalations(order.timeline, own, by) if (ring.rung.id, ring.round_at) not in rung
    ]
    told_at = [(ladder.tell_at(ring, order.subject.priority, now), ring) for ring in waiting]
    return EscalationCheck(
        order=order,
        ringing=[ring for at, ring in told_at if at <= until],
        again_at=min((at for at, _ in told_at if at > until), default=None),
    )
