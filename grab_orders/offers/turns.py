"""One after another at one offer within this process, in the order in which they came, each without a connection.

Of hundreds who want the same offer the first asks the database; what it finds holds for everybody who had come before
it looked, so they lose without asking themselves. Whoever comes later is a new question. Between processes the database
decides: whoever locks the row first has it.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from weakref import WeakValueDictionary

from backend.errors import Busy
from grab_orders.offers.reads import NearbyOffer
from grab_orders.offers.structs import Barrier

PATIENCE_S = 2.5
"""So long somebody waits where the machine is overloaded or the order stays locked, and is told then to try again."""


@dataclass(slots=True, kw_only=True)
class GrabOutcome:
    """Why an offer cannot be taken, as somebody found who looked at `looked_at`, by the process' own clock.

    `nearby`: what is open around it, once somebody who lost by it has asked.
    """

    barrier: Barrier
    looked_at: float
    holder_ids: frozenset[int] = frozenset()
    winner: str | None = None
    nearby: Sequence[NearbyOffer] | None = None


class _OfferQueue:
    __slots__ = ("__weakref__", "lock", "outcome")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.outcome: GrabOutcome | None = None


_queues: WeakValueDictionary[int, _OfferQueue] = WeakValueDictionary()


class Turn:
    """The turn of one who wants an offer."""

    __slots__ = ("_came_at", "_queue")

    def __init__(self, queue: _OfferQueue, came_at: float) -> None:
        self._queue, self._came_at = queue, came_at

    @property
    def outcome(self) -> GrabOutcome | None:
        """What somebody found after this one had come."""
        found = self._queue.outcome
        return found if found is not None and found.looked_at >= self._came_at else None

    @property
    def was_settled_before(self) -> bool:
        """Whether somebody found before this one came that it cannot be taken: a look costs less than a try."""
        return self._queue.outcome is not None and self.outcome is None

    def settle(self, outcome: GrabOutcome) -> None:
        """Tell those who have come by now."""
        self._queue.outcome = outcome


@asynccontextmanager
async def wait_turn(offer_id: int) -> AsyncIterator[Turn]:
    """The block runs when everybody who came before is done. Raises Busy when that lasts too long."""
    came_at = monotonic()
    queue = _queues.setdefault(offer_id, _OfferQueue())
    try:
        async with asyncio.timeout(PATIENCE_S):
            await queue.lock.acquire()
    except TimeoutError as error:
        raise Busy from error
    try:
        yield Turn(queue, came_at)
    finally:
        queue.lock.release()
