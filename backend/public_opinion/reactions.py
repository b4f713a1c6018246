"""What is noted to be counted when facts about orders, calls and records arrive."""

from collections.abc import Sequence

from backend.events.facts import Fact, Recorded, reread
from backend.intake.hotline.events import CitizenCalledBack
from backend.orders.model import events as orders
from backend.public_opinion import queueing


async def note_orders(recorded: Sequence[Recorded]) -> None:
    """Orders that came up, ended as something else, lie elsewhere now, or whose reporter was called."""
    await queueing.note([each.subject_id for each in recorded])


async def note_called_back(recorded: Sequence[Recorded]) -> None:
    """Orders of cases whose citizen the hotline called back."""
    facts = [reread(each, CitizenCalledBack) for each in recorded]
    await queueing.note([fact.order_id for fact in facts if fact.order_id is not None])


async def note_records(recorded: Sequence[Recorded]) -> None:
    """Records of campaigns that were filled in."""
    await queueing.note_records([each.subject_id for each in recorded])


WHEN: dict[type[Fact], tuple] = {
    **dict.fromkeys(
        (
            orders.OrderDispatched,
            orders.OrderOffered,
            orders.OrderCancelled,
            orders.OrderMerged,
            orders.OrderUnmerged,
            orders.OrderRezoned,
            orders.OrderCalledBack,
        ),
        (note_orders,),
    ),
    CitizenCalledBack: (note_called_back,),
}
"""Besides what others do at these facts; what comes by no such fact is found at night."""
