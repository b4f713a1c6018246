"""Who is told what, when a fact arrives. Each runs at least once; a person finds a fact in the inbox once."""

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.events.facts import Recorded, reread
from backend.orders.deadlines.escalation.ladder import RecipientRole
from backend.orders.deadlines.escalation.recipients import EscalatedOrder, list_recipients
from backend.orders.model import events
from backend.orders.model.events import OrderFact
from media.structs import Audience
from push import service as push
from push.wording import say, say_suspected
from qr import queries as qr
from qr.events import PlateSuspected

_KINDS: dict[str, type[OrderFact]] = {
    kind.name(): kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, OrderFact)
}


async def tell_unit(recorded: Recorded) -> None:
    """An order on its way: who has it, else everyone of the unit; at the centre the dispatchers, or further up."""
    fact = _read(recorded)
    await push.tell(await _responsible(fact), recorded, say(fact, Audience.STAFF))


async def tell_reporter(recorded: Recorded) -> None:
    """Progress: every reporter of the case hears of acceptance, arrival and the end."""
    fact = _read(recorded)
    await push.tell([fact.opened_by_id, *fact.follower_ids], recorded, say(fact, Audience.REPORTER))


async def tell_opener(recorded: Recorded) -> None:
    """Something waits for the word of whoever asked for the work."""
    fact = _read(recorded)
    await push.tell([fact.opened_by_id], recorded, say(fact, Audience.REPORTER))


async def tell_verifiers(recorded: Recorded) -> None:
    """Work done: the verifiers of the area, but not the handler."""
    fact = _read(recorded)
    people = await accounts.list_holders(Role.VERIFIER, fact.area_code)
    await push.tell([person for person in people if person != fact.handler_id], recorded, say(fact, Audience.STAFF))


async def tell_handler(recorded: Recorded) -> None:
    """What the desk or a verifier decided, or what somebody urges: whoever has the order."""
    fact = _read(recorded)
    people = [fact.handler_id] if fact.handler_id is not None else await _responsible(fact)
    await push.tell(people, recorded, say(fact, Audience.STAFF))


async def tell_desk(recorded: Recorded) -> None:
    """Something waits for a decision: the dispatchers of the area."""
    fact = _read(recorded)
    await push.tell(await accounts.list_holders(Role.DISPATCHER, fact.area_code), recorded, say(fact, Audience.STAFF))


async def tell_supervisor(recorded: Recorded) -> None:
    """盯到人: whoever supervises the order hears of every stage."""
    fact = _read(recorded)
    await push.tell([fact.supervisor_id], recorded, say(fact, Audience.STAFF))


async def tell_escalated(recorded: Recorded) -> None:
    """A rung of the ladder: whoever stands on it, or the next further up."""
    fact = reread(recorded, events.OrderEscalated)
    assert isinstance(fact, events.OrderEscalated)
    order = EscalatedOrder(
        area_code=fact.area_code,
        unit_id=fact.unit_id,
        handler_id=fact.handler_id,
        supervisor_id=fact.supervisor_id,
    )
    await push.tell(await list_recipients(RecipientRole(fact.who), order), recorded, say(fact, Audience.STAFF))


async def tell_inspectors(recorded: Recorded) -> None:
    """A plate to look at: the inspectors of the area, and where there is none, whoever else hangs plates there."""
    fact = reread(recorded, PlateSuspected)
    assert isinstance(fact, PlateSuspected)
    found = await qr.find(fact.code)
    if found is None or found.place is None:
        return  # taken off the wall since
    people = await accounts.list_holders(Role.INSPECTOR, fact.area_code)
    people = people or await accounts.list_holders(Role.COMMITTEE, fact.area_code)
    await push.tell(people, recorded, say_suspected(fact, found.place.label))


async def _responsible(fact: OrderFact) -> list[int]:
    if fact.handler_id is not None:
        return [fact.handler_id]
    order = EscalatedOrder(area_code=fact.area_code, unit_id=fact.unit_id, handler_id=None, supervisor_id=None)
    return await list_recipients(RecipientRole.UNIT, order)


def _read(recorded: Recorded) -> OrderFact:
    fact = reread(recorded, _KINDS[recorded.name])
    assert isinstance(fact, OrderFact)
    return fact
