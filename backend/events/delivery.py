"""From recorded facts to reactions: one delivery job per record, which gives every reaction a job of its own.

Where there is only one reaction to give it to, the delivery is that job: every report is spared half the queue. A
delivery that is cut off runs again from the start; reactions that were enqueued already are enqueued again and must
not mind, which is every reaction's duty anyway.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from backend import db
from backend.events import queries
from backend.events.facts import Recorded
from backend.events.service import DELIVER
from backend.jobs import queue

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
        told = [(each, name) for each in await queries.list_by_ids(event_ids) for name in reactions.get(each.name, ())]
        if len(told) == 1:
            recorded, name = told[0]
            await functions[name](recorded)
            return
        async with db.transaction():
            for recorded, name in told:
                await queue.enqueue(name, recorded.id, dedupe_key=f"{name}:{recorded.id}")

    return deliver


def _react(function: Callable[[Recorded], Awaitable[None]]) -> Handler:
    async def react(event_id: int) -> None:
        for recorded in await queries.list_by_ids([event_id]):
            await function(recorded)

    return react
