"""From recorded facts to reactions: one delivery job tries them all, one that fails gets a job of its own.

So a failing receiver never hides another and has its own retries, and a fact whose receivers all are well costs one
job. A delivery that is cut off runs again from the start: running twice is every reaction's duty.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from backend import logs
from backend.availability import is_passing
from backend.events import queries
from backend.events.facts import Recorded
from backend.events.service import DELIVER
from backend.jobs import queue

log = logs.get_logger()
Handler = Callable[[Any], Awaitable[None]]


def handlers(
    reactions: Mapping[str, list[str]], functions: Mapping[str, Callable[[Recorded], Awaitable[None]]]
) -> dict[str, Handler]:
    """The jobs that facts give rise to: the delivery itself, and one per reaction."""
    return {DELIVER: _deliver(reactions, functions), **{name: _react(function) for name, function in functions.items()}}


def _deliver(
    reactions: Mapping[str, list[str]], functions: Mapping[str, Callable[[Recorded], Awaitable[None]]]
) -> Handler:
    async def deliver(event_ids: list[int]) -> None:
        away: set[str] = set()
        for recorded in await queries.list_by_ids(event_ids):
            for name in reactions.get(recorded.name, ()):
                if name in away or not await _try(name, functions[name], recorded, away):
                    await queue.enqueue(name, recorded.id, dedupe_key=f"{name}:{recorded.id}")

    return deliver


async def _try(name: str, function: Callable[[Recorded], Awaitable[None]], recorded: Recorded, away: set[str]) -> bool:
    """Run a reaction; one that fails goes on by itself, with the queue's retries.

    Where it failed for something around it, it is `away`, and for the other facts of this delivery not tried again.
    """
    try:
        await function(recorded)
    except Exception as error:
        log.error("reaction_failed", reaction=name, event_id=recorded.id, **logs.describe(error))
        if is_passing(error):
            away.add(name)
        return False
    return True


def _react(function: Callable[[Recorded], Awaitable[None]]) -> Handler:
    async def react(event_id: int) -> None:
        for recorded in await queries.list_by_ids([event_id]):
            await function(recorded)

    return react
