"""What is noted to be counted when facts about orders arrive."""

from collections.abc import Sequence

from backend.events.facts import Fact, Recorded
from backend.orders.model import events as orders
from backend.public_opinion import queueing


async def note_orders(recorded: Sequence[Recorded]) -> None:
    """Orders that came up, ended as something else or lie elsewhere now."""
    await queueing.note([each.subject_id for each in recorded])


WHEN: dict[type[Fact], tuple] = dict.fromkeys(
    (
        orders.OrderDispatched,
        orders.OrderOffered,
        orders.OrderCancelled,
        orders.OrderMerged,
        orders.OrderUnmerged,
        orders.OrderRezoned,
    ),
    (note_orders,),
)
"""Besides what others do at these facts; what comes by no such fact is found at night."""
