"""What offers do when facts arrive: orders come into the pool or go another way, and people leave."""

from collections.abc import Sequence

from backend import clock
from backend.accounts import queries as accounts
from backend.accounts.events import AccountsMerged
from backend.events.facts import Recorded, reread
from backend.orders.model.events import OrderFact, OrderOffered
from grab_orders.offers import adding, following, leaving
from grab_orders.offers.adding import NewOffer
from grab_orders.offers.plan import Released


async def add(recorded: Sequence[Recorded]) -> None:
    """Orders are offered, for the first time or again."""
    facts = [(each.name, reread(each, OrderOffered)) for each in recorded]
    await adding.add(list({fact.subject_id: _new(fact) for _, fact in facts}.values()))
    released = {
        fact.subject_id: Released(needed=fact.people_needed, window_until=fact.window_until)
        for name, fact in facts
        if name == OrderOffered.name()
    }
    await following.follow({fact.subject_id for _, fact in facts}, clock.now(), released)


async def follow(recorded: Sequence[Recorded]) -> None:
    """Something became of orders: what of it concerns an offer is asked of the order."""
    await following.follow({each.subject_id for each in recorded}, clock.now())


async def note_reporters(recorded: Sequence[Recorded]) -> None:
    """More people saw it too: they do not earn by putting it right."""
    new = {each.subject_id: _new(reread(each, OrderFact)) for each in recorded}
    await adding.note_reporters(list(new.values()))


async def merge_reporters(recorded: Sequence[Recorded]) -> None:
    """Two accounts are one person: what either reported neither earns by."""
    for each in recorded:
        merged_id = reread(each, AccountsMerged).merged_id
        await adding.merge_reporters(merged_id, await accounts.find_survivor(merged_id))


async def leave(recorded: Sequence[Recorded]) -> None:
    """People left: whoever helped helps no more. What they led the trunk hands over."""
    await leaving.leave([each.subject_id for each in recorded], clock.now())


def _new(fact: OrderFact) -> NewOffer:
    reporters = {fact.opened_by_id, *fact.follower_ids} - {None}
    return NewOffer(
        order_id=fact.subject_id,
        needed=getattr(fact, "people_needed", 1),
        reporter_ids=tuple(sorted(each for each in reporters if each is not None)),
    )
