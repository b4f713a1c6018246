"""Who is notified of what. Each gets the facts of a batch, at least once; a person finds a fact in the inbox once."""

from collections.abc import Iterable, Sequence

from backend.accounts.structs import Role
from backend.committees.patrols.events import StopsMissed
from backend.events.facts import Recorded, reread
from backend.orders.deadlines.escalation.levels import RecipientRole
from backend.orders.deadlines.escalation.recipients import EscalatedOrder, list_recipients
from backend.orders.model import events
from backend.orders.model.events import OrderFact
from backend.orders.reads.finding import list_ended
from media.structs import Audience
from push import service as push
from push.channels import Recipient
from push.notices import first_holders_by_area, holders_by_area, notice
from push.structs import Notice
from push.wording import details_of, say, say_missed, say_suspected
from qr import queries as qr
from qr.events import PlateSuspected

_KINDS: dict[str, type[OrderFact]] = {
    kind.name(): kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, OrderFact)
}


async def notify_responsible(recorded: Sequence[Recorded]) -> None:
    """What is to be done: whoever has the order, else everyone of its unit; at the centre the dispatchers, or further
    up.
    """
    standing = await _without_ended([each for each in recorded if not _is_of_emergency(each)])
    facts = _read(standing)
    roles = [(RecipientRole.HANDLER, _concerned(each)) for each in facts]
    await _notify(standing, facts, await list_recipients(roles), Recipient.HANDLER)


async def notify_reporters(recorded: Sequence[Recorded]) -> None:
    """Progress: every reporter of the case hears of acceptance, arrival and the end."""
    facts = _read(recorded)
    await _notify(recorded, facts, [[each.opened_by_id, *each.follower_ids] for each in facts], Recipient.REPORTER)


async def notify_opener(recorded: Sequence[Recorded]) -> None:
    """Something waits for the word of whoever asked for the work."""
    facts = _read(recorded)
    await _notify(recorded, facts, [[each.opened_by_id] for each in facts], Recipient.REPORTER)


async def notify_verifiers(recorded: Sequence[Recorded]) -> None:
    """Work done: the verifiers of the area, but not the handler."""
    facts = _read(recorded)
    holders = await holders_by_area(facts, Role.VERIFIER)
    people = [holders[each.area_code] - {each.handler_id} for each in facts]
    await _notify(recorded, facts, people, Recipient.VERIFIER)


async def notify_desk(recorded: Sequence[Recorded]) -> None:
    """Something waits for a decision: the dispatchers of the area."""
    facts = _read(recorded)
    holders = await holders_by_area(facts, Role.DISPATCHER)
    await _notify(recorded, facts, [holders[each.area_code] for each in facts], Recipient.DESK)


async def notify_supervisor(recorded: Sequence[Recorded]) -> None:
    """盯到人: whoever supervises the order hears of every stage."""
    facts = _read(recorded)
    await _notify(recorded, facts, [[each.supervisor_id] for each in facts], Recipient.SUPERVISOR)


async def notify_escalated(recorded: Sequence[Recorded]) -> None:
    """A level of the escalation: whoever stands on it, or the next further up.

    Of several that were due at once only the highest speaks, to everybody who stands on any of them.
    """
    facts = [reread(each, events.OrderEscalated) for each in recorded]
    roles = [(RecipientRole(each.who), _concerned(each, each.supervisor_id)) for each in facts]
    highest: dict[tuple[int, str], tuple[Recorded, events.OrderEscalated]] = {}
    people: dict[tuple[int, str], list[int]] = {}
    for entry, fact, found in zip(recorded, facts, await list_recipients(roles), strict=True):
        due = fact.subject_id, fact.stage
        if due not in highest or highest[due][1].percent <= fact.percent:
            highest[due] = entry, fact
        people[due] = people.get(due, []) + found
    entries, speaking = [entry for entry, _ in highest.values()], [fact for _, fact in highest.values()]
    await _notify(entries, speaking, list(people.values()), Recipient.ESCALATED)


async def notify_inspectors(recorded: Sequence[Recorded]) -> None:
    """A plate to look at: the inspectors of the area, and where there is none, whoever else hangs plates there."""
    facts = [reread(each, PlateSuspected) for each in recorded]
    people = await first_holders_by_area(facts, Role.INSPECTOR, Role.COMMITTEE)
    codes = await qr.find_many([fact.code for fact in facts])
    notices = []
    for entry, fact in zip(recorded, facts, strict=True):
        found = codes.get(fact.code)
        if found is None or found.place is None:
            continue  # taken off the wall since
        words = say_suspected(fact, found.place.label)
        notices.append(notice(entry, people[fact.area_code], words, Recipient.INSPECTOR))
    await push.notify(notices)


async def notify_committees(recorded: Sequence[Recorded]) -> None:
    """Stops that nobody visited: the people of the committee, but for who ended the walk."""
    facts = [reread(each, StopsMissed) for each in recorded]
    members = await holders_by_area(facts, Role.COMMITTEE)
    await push.notify(
        [
            notice(entry, members[fact.area_code] - {fact.acted_by_id}, say_missed(fact), Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def _notify(
    recorded: Sequence[Recorded],
    facts: Sequence[OrderFact],
    recipients: Iterable[Iterable[int | None]],
    recipient: Recipient,
) -> None:
    """Notify each fact's recipients, but for who did it, in the words that people in that part may read."""
    notices = []
    for entry, fact, people in zip(recorded, facts, recipients, strict=True):
        concerned = {person for person in people if person is not None} - {fact.acted_by_id}
        if concerned:
            notices.append(_notice(entry, fact, concerned, recipient))
    await push.notify(notices)


def _audience(fact: OrderFact, recipient: Recipient) -> Audience:
    if recipient is Recipient.REPORTER:
        return Audience.REPORTER
    return Audience.HELPER if fact.is_grabbed and recipient is Recipient.HANDLER else Audience.STAFF


def _notice(entry: Recorded, fact: OrderFact, people: Iterable[int], recipient: Recipient) -> Notice:
    words, details = say(fact, _audience(fact, recipient)), details_of(fact)
    about = entry.subject_id
    return notice(entry, people, words, recipient, priority=fact.priority, details=details, order_id=about)


def _concerned(fact: OrderFact, supervisor_id: int | None = None) -> EscalatedOrder:
    return EscalatedOrder(
        area_code=fact.area_code, unit_id=fact.unit_id, handler_id=fact.handler_id, supervisor_id=supervisor_id
    )


def _is_of_emergency(recorded: Recorded) -> bool:
    """Deadlines that an emergency moved: its people are told once, when it begins and ends, and not of each order.

    Of what it made more urgent whoever has it is told.
    """
    if recorded.name != events.OrderClockChanged.name():
        return False
    fact = reread(recorded, events.OrderClockChanged)
    return fact.cause == "emergency" and not fact.raised_to


async def _without_ended(recorded: Sequence[Recorded]) -> list[Recorded]:
    """Without new orders that are none any more: put right on the spot by who reported them, or withdrawn at once."""
    opened = [each.subject_id for each in recorded if each.name == events.OrderDispatched.name()]
    ended = await list_ended(opened) if opened else set()
    return [each for each in recorded if each.name != events.OrderDispatched.name() or each.subject_id not in ended]


def _read(recorded: Sequence[Recorded]) -> list[OrderFact]:
    return [reread(each, _KINDS[each.name]) for each in recorded]
