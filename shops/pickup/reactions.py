"""What pickups do when facts arrive: bookings follow their orders."""

from collections.abc import Sequence

from backend import clock
from backend.events.facts import Recorded
from backend.orders.model import events as orders
from shops.pickup.bookings import following

FOLLOWED = (
    *(orders.OrderGrabbed, orders.OrderAccepted, orders.HandlerArrived, orders.OrderFinished),
    *(orders.ConfirmationAsked, orders.OrderSentBack, orders.OrderClosed, orders.OrderReopened),
    *(orders.OrderReturned, orders.OrderPassedOn, orders.OrderHandedOver, orders.OrderReassigned),
    *(orders.OrderCancelled, orders.OrderMerged, orders.OrderUnmerged),
)
"""The facts after which an order may be another one for its booking."""


async def follow_orders(recorded: Sequence[Recorded]) -> None:
    """Orders went on, or ended: the bookings behind them say so."""
    await following.follow([each.subject_id for each in recorded], clock.now())
