"""The one page: when this happened, these react; this job, this function; this hour, that function.

A reaction gets the recorded fact and runs as a job of its own with its own retries, at least once.
"""

from collections.abc import Awaitable, Callable

from backend.events.facts import Fact, Recorded
from backend.orders.events import (
    HandlerArrived,
    OrderAccepted,
    OrderClosed,
    OrderDispatched,
    OrderFinished,
    OrderSentBack,
)
from push import reactions as push

Reaction = Callable[[Recorded], Awaitable[None]]

WHEN: dict[type[Fact], tuple[Reaction, ...]] = {
    OrderDispatched: (push.tell_unit,),
    OrderAccepted: (push.tell_reporter,),
    HandlerArrived: (push.tell_reporter,),
    OrderFinished: (push.tell_verifiers,),
    OrderSentBack: (push.tell_handler,),
    OrderClosed: (push.tell_reporter, push.tell_handler),
}


def name_of(reaction: Reaction) -> str:
    """The job name of a reaction: `push.tell_unit`."""
    return f"{reaction.__module__.removesuffix('.reactions')}.{reaction.__name__}"


REACTIONS: dict[str, list[str]] = {
    kind.name(): [name_of(reaction) for reaction in reactions] for kind, reactions in WHEN.items()
}
"""Fact name → job names, as the delivery needs it."""

FUNCTIONS: dict[str, Reaction] = {name_of(reaction): reaction for reactions in WHEN.values() for reaction in reactions}
