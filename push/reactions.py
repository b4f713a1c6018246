"""Who is told what, when a fact arrives. Each runs at least once; a person finds a fact in the inbox once."""

from typing import TypeVar

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.events.facts import Recorded, reread
from backend.orders.events import (
    HandlerArrived,
    OrderAccepted,
    OrderClosed,
    OrderDispatched,
    OrderFact,
    OrderFinished,
    OrderSentBack,
)
from push import service as push
from push.wording import say

F = TypeVar("F", bound=OrderFact)


async def tell_unit(recorded: Recorded) -> None:
    """A new order: the person on duty, or everyone of the unit when nobody is."""
    fact = _read(recorded, OrderDispatched)
    if fact.handler_id is not None:
        people = [fact.handler_id]
    elif fact.unit_id is not None:
        people = await accounts.list_handlers(fact.unit_id, fact.area_code)
    else:
        people = await accounts.list_holders(Role.DISPATCHER, fact.area_code)
    await push.tell(people, recorded, say(fact))


async def tell_reporter(recorded: Recorded) -> None:
    """Progress: the reporter hears of acceptance, arrival and closing."""
    fact = _read(recorded, _KINDS[recorded.name])
    await push.tell([fact.opened_by_id], recorded, say(fact))


async def tell_verifiers(recorded: Recorded) -> None:
    """Work done: the verifiers of the area."""
    fact = _read(recorded, OrderFinished)
    people = await accounts.list_holders(Role.VERIFIER, fact.area_code)
    await push.tell([person for person in people if person != fact.handler_id], recorded, say(fact))


async def tell_handler(recorded: Recorded) -> None:
    """Sent back, or closed: the handler hears the verdict."""
    fact = _read(recorded, _KINDS[recorded.name])
    await push.tell([fact.handler_id], recorded, say(fact))


_KINDS: dict[str, type[OrderFact]] = {
    kind.name(): kind for kind in (OrderAccepted, HandlerArrived, OrderClosed, OrderSentBack)
}


def _read(recorded: Recorded, kind: type[F]) -> F:
    fact = reread(recorded, kind)
    assert isinstance(fact, kind)
    return fact
