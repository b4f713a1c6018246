"""Which escalations are due, without sending any: what is due for orders at an instant, and when to look again."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend.orders.deadlines import plan
from backend.orders.deadlines.escalation import levels as rules
from backend.orders.deadlines.escalation.levels import DueEscalation, EscalationLevel
from backend.orders.deadlines.escalation.reads import list_escalated
from backend.orders.deadlines.timelines import Ticking


class EscalationCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of one order's escalation finds: what is due, and when to check again."""

    order: Ticking
    due: list[DueEscalation]
    again_at: datetime | None


async def check_escalations(
    orders: Sequence[Ticking], levels: Sequence[EscalationLevel], now: datetime, until: datetime | None = None
) -> list[EscalationCheck]:
    """What is due for these orders now, or will be until a later instant; nothing is recorded or sent."""
    sent, found = await list_escalated([order.id for order in orders]), []
    for order in orders:
        found.append(_look(order, levels, sent.get(order.id, set()), now, until or now))
        await asyncio.sleep(0)  # the worker delivers messages meanwhile
    return found


def _look(
    order: Ticking, levels: Sequence[EscalationLevel], sent: set[tuple[int, datetime]], now: datetime, until: datetime
) -> EscalationCheck:
    by = plan.counting_of(order.timeline, order.terms)
    own = rules.levels_for(order.subject, levels)
    waiting = [
        escalation
        for escalation in rules.due_escalations(order.timeline, own, by)
        if (escalation.level.id, escalation.round_at) not in sent
    ]
    planned = [(rules.notify_at(escalation, order.subject.priority, now), escalation) for escalation in waiting]
    return EscalationCheck(
        order=order,
        due=[escalation for at, escalation in planned if at <= until],
        again_at=min((at for at, _ in planned if at > until), default=None),
    )
