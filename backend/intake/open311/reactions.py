"""What Open311 does when facts about orders arrive: endpoints that know an order hear how it goes on."""

from collections.abc import Sequence

from backend import clock
from backend.events.facts import Recorded
from backend.intake.open311.client import following
from backend.orders.model import events as orders

FOLLOWED = (
    *(orders.OrderOfferedAgain, orders.OrderGrabbed, orders.OfferEnded, orders.OrderAccepted, orders.HandlerArrived),
    *(orders.OrderFinished, orders.OrderSentBack, orders.OrderClosed, orders.OrderReturned, orders.OrderReassigned),
    *(orders.RequestDecided, orders.OrderResumed, orders.OrderCancelled, orders.OrderReopened),
    *(orders.OrderMerged, orders.OrderUnmerged),
)


async def follow_orders(recorded: Sequence[Recorded]) -> None:
    """Something became of orders: what of it others are told is asked of the order."""
    await following.follow({each.subject_id for each in recorded}, clock.now())
