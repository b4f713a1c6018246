"""From facts to reactions: each reaction gets all facts of a batch that it is for, in the order of the log.

A reaction is all or nothing: one that fails is undone and tried again fact by fact, and the fact that fails becomes a
job of its own with the queue's retries. So it hides no other reaction and no other fact. Where it fails for something
around it that will pass, all its facts become one job. Reactions only ask and write the database, and not for long:
whatever takes its time or reaches outside is a job that a reaction enqueues. Running twice is every reaction's duty.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from backend import db, logs
from backend.availability import is_passing
from backend.events import queries
from backend.events.facts import Recorded
from backend.jobs import queue

log = logs.get_logger()
Reaction = Callable[[Sequence[Recorded]], Awaitable[None]]
Handler = Callable[[Any], Awaitable[None]]


class Delivery:
    """`reactions`: the names of those that each fact has, by its name, in order; `functions`: what they are."""

    def __init__(self, reactions: Mapping[str, Sequence[str]], functions: Mapping[str, Reaction]) -> None:
        self._reactions, self._functions = reactions, functions

    async def deliver(self, facts: Sequence[Recorded]) -> None:
        """Run the reactions to these facts, given in the order of the log. Must be called inside a transaction.

        Raises only what breaks the transaction itself.
        """
        for name, concerned in self._rounds(facts):
            await self._react(name, concerned)

    async def defer(self, facts: Sequence[Recorded]) -> None:
        """Make each reaction to each fact a job of its own, untried. Must be called inside a transaction."""
        for name, concerned in self._rounds(facts):
            await _enqueue_each(name, concerned)

    def handlers(self) -> dict[str, Handler]:
        """The jobs that failed reactions become. The payload is the ids of the facts; in earlier builds a single id."""
        return {name: self._job(name) for name in self._functions}

    def _rounds(self, facts: Sequence[Recorded]) -> Iterator[tuple[str, list[Recorded]]]:
        """The first reaction of every fact, then the second of every fact, and so on; each with all of its facts."""
        names = [self._reactions.get(fact.name, ()) for fact in facts]
        for place in range(max(map(len, names), default=0)):
            concerned: dict[str, list[Recorded]] = {}
            for fact, own in zip(facts, names, strict=True):
                if place < len(own):
                    concerned.setdefault(own[place], []).append(fact)
            yield from concerned.items()

    async def _react(self, name: str, facts: list[Recorded]) -> None:
        error = await _attempt(self._functions[name], facts)
        if error is None:
            return
        log.error("reaction_failed", reaction=name, facts=len(facts), event_id=facts[0].id, **logs.describe(error))
        if is_passing(error):
            await _enqueue(name, facts)
        elif len(facts) == 1:
            await _enqueue_each(name, facts)
        else:
            for fact in facts:
                await self._react(name, [fact])

    def _job(self, name: str) -> Handler:
        async def react(payload: Any) -> None:
            event_ids = msgspec.convert(payload, list[int] | int)
            facts = await queries.list_by_ids([event_ids] if isinstance(event_ids, int) else event_ids)
            async with db.transaction():
                if len(facts) <= 1:
                    await self._functions[name](facts)
                    return
                error = await _attempt(self._functions[name], facts)
                if error is not None and is_passing(error):
                    raise error
                if error is not None:
                    await _enqueue_each(name, facts)

        return react


async def _attempt(function: Reaction, facts: Sequence[Recorded]) -> Exception | None:
    """Run a reaction. Returns the error of one that failed, with all undone that it wrote."""
    try:
        async with db.savepoint():
            await function(facts)
    except Exception as error:
        return error
    return None


async def _enqueue(name: str, facts: Sequence[Recorded]) -> None:
    ids = [fact.id for fact in facts]
    await queue.enqueue(name, ids, dedupe_key=f"{name}:{ids[0]}-{ids[-1]}")


async def _enqueue_each(name: str, facts: Sequence[Recorded]) -> None:
    await queue.enqueue_many(name, [[fact.id] for fact in facts], dedupe_keys=[f"{name}:{fact.id}" for fact in facts])
