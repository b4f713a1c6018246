"""What is sent to the database while the same statement is under way goes with the next one: one for all who wait.

Beginning and ending a statement, its transaction and its way there and back cost more than one row of it, so a batch
costs little more than one. Nobody waits for others to come: what comes while nothing is under way is sent in the next
turn of the loop, with all that comes until then. So those who were answered together ask their next question together.
Each answer comes of a statement that began after it was called for, as if it had been sent alone.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from backend import db

Sent = TypeVar("Sent")
Answer = TypeVar("Answer")
MOST = 32
BESIDE_S = 0.01
"""So long one statement holds up the next: one that waits for a lock, a slow disk or a busy machine is overtaken."""


class _Waiting(NamedTuple, Generic[Sent]):
    sent: Sent
    answer: "asyncio.Future[list[object] | None]"
    """Its answer alone in a list; None where the batch failed, and nothing of it was written.

    An error where the database was waited for in vain: another try would wait as long again, and add to the crowd.
    """


class Batches(Generic[Sent, Answer]):
    """`send` takes what was sent, the oldest first, and returns an answer for each, in that order, in one transaction.

    Where a batch fails, each of it is sent once more by itself, so that everybody gets the own answer or the own error;
    not where nobody answered in time, which is told to all of it.
    """

    def __init__(self, send: Callable[[list[Sent]], Awaitable[Sequence[Answer]]], *, most: int = MOST) -> None:
        self._send, self._most = send, most
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: deque[_Waiting[Sent]] = deque()
        self._under_way: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, sent: Sent) -> Answer:
        """Send it with whatever waits. Within a transaction it goes alone, as a part of that. Raises as `send` does."""
        if not db.is_in_transaction():
            answered = await self._enqueue(sent)
            if answered is not None:
                return answered[0]  # type: ignore[return-value]
        (answer,) = await self._send([sent])
        return answer

    def _enqueue(self, sent: Sent) -> "asyncio.Future[list[object] | None]":
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._under_way = loop, None
            self._waiting.clear()
        waiting = _Waiting(sent, loop.create_future())
        self._waiting.append(waiting)
        if self._under_way is None:
            self._begin(loop)
        return waiting.answer

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Send what waits, unless nothing does."""
        self._under_way = loop.create_task(self._carry_out()) if self._waiting else None
        if self._under_way is not None:
            self._tasks.add(self._under_way)
            self._under_way.add_done_callback(self._tasks.discard)

    async def _carry_out(self) -> None:
        """Begun in the loop's next turn: what has come until then goes along."""
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._most))]
        loop, own = asyncio.get_running_loop(), asyncio.current_task()
        overtaken = loop.call_later(BESIDE_S, self._go_on, loop, own)
        answers: Sequence[object] | None = None
        try:
            answers = await self._send([each.sent for each in batch])
        except Exception as error:
            refused = batch if len(batch) == 1 or isinstance(error, TimeoutError) else []
            for each in refused:
                if not each.answer.done():
                    each.answer.set_exception(error)
        finally:
            overtaken.cancel()
            for place, each in enumerate(batch):
                if not each.answer.done():
                    each.answer.set_result(None if answers is None else [answers[place]])
            self._go_on(loop, own)

    def _go_on(self, loop: asyncio.AbstractEventLoop, done: "asyncio.Task[None] | None") -> None:
        """Begin the next one, unless that has been done."""
        if self._under_way is done:
            self._begin(loop)
