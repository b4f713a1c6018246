"""The one thing that a reader does with an order next: the same on its page and in every list. Pure."""

from backend.orders.model.states import Transition
from backend.orders.reads.views import OrderView


def next_move_of(order: OrderView) -> str:
    """`accept`, `check_in`, `finish` or `verify`; empty where the reader has nothing to do."""
    if Transition.ACCEPT in order.allowed:
        return "accept"
    if Transition.CHECK_IN in order.allowed and order.needs.check_in:
        return "check_in"
    if Transition.FINISH in order.allowed:
        return "finish"
    return "verify" if Transition.REWORK in order.allowed else ""
