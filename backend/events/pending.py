"""What waits for delivery: the ids of facts that were recorded and not yet delivered.

A row is deleted by the transaction that delivers its fact. So it says "not yet" whatever is killed, and in whichever
order the transactions that recorded facts commit.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.events import queries
from backend.events.facts import Recorded
from backend.jobs import queries as jobs
from backend.jobs.structs import NameState, QueueState

FACTS = "facts"
# Earlier months are looked through for nothing but what has waited for so long.
_TAKE = f"""
    WITH taken AS (
        DELETE FROM event_pending WHERE event_id = ANY(ARRAY(
            (SELECT event_id FROM event_pending WHERE is_urgent ORDER BY event_id LIMIT $2)
            UNION ALL
            (SELECT event_id FROM event_pending WHERE event_id >= $1 ORDER BY event_id LIMIT $2)
        )) RETURNING event_id
    ),
    latest AS (SELECT {queries.COLUMNS} FROM taken JOIN event_log ON id = event_id WHERE {queries.LATELY})
    SELECT * FROM latest
    UNION ALL
    SELECT {queries.COLUMNS} FROM event_log
    WHERE id = ANY(ARRAY(SELECT event_id FROM taken EXCEPT SELECT id FROM latest)) ORDER BY id
"""
_PUT_BACK = """
    INSERT INTO event_pending (event_id, is_urgent)
    SELECT id, coalesce((body ->> 'is_urgent')::boolean, false) FROM event_log WHERE id = ANY($1::bigint[])
    ON CONFLICT (event_id) DO NOTHING
"""
_ABOUT = f"""
    SELECT {queries.COLUMNS} FROM event_log
    WHERE id = ANY(ARRAY(SELECT event_id FROM event_pending)) AND subject = ANY($1::text[]) ORDER BY id
"""
_FIRST = "SELECT min(event_id) FROM event_pending WHERE event_id >= $1"
_BACKLOG = """
    SELECT count(*) AS waiting, coalesce(extract(epoch FROM now() - (
        SELECT recorded_at FROM event_log WHERE id = (SELECT min(event_id) FROM event_pending)
    )), 0)::float8 AS oldest_s
    FROM event_pending
"""
_LATE_S = 5.0
"""Between the drawing of a fact's id and the commit, at the most, but for what a full look finds later."""


class Floor:
    """From which id on to look for pending rows.

    While something holds an old snapshot (a backup), the rows that were taken cannot be cleaned away, and a look from
    the beginning walks over them all. So it begins at the latest id of five seconds ago, and every five seconds at 0.
    """

    def __init__(self) -> None:
        self._floor = 0
        self._taken: deque[tuple[float, int]] = deque()
        self._full_look_at = 0.0

    def at(self, now: float) -> int:
        """The floor for a look now (seconds of a monotonic clock)."""
        while self._taken and self._taken[0][0] <= now - _LATE_S:
            self._floor = max(self._floor, self._taken.popleft()[1])
        if now >= self._full_look_at:
            self._full_look_at = now + _LATE_S
            return 0
        return self._floor

    def look_fully(self) -> None:
        """Let the next look begin at 0."""
        self._full_look_at = 0.0

    def note(self, now: float, event_id: int) -> None:
        """Nothing that is visible now waits up to this id."""
        self._taken.append((now, event_id))


async def take(floor: int, limit: int) -> list[Recorded]:
    """Take the next facts out, within the transaction that delivers them; by id, up to twice the limit of them.

    The urgent come first, whatever waits. All facts about a subject are urgent or none is, so that they stay in order.
    """
    return [queries.recorded(row) for row in await db.fetch(_TAKE, floor, limit)]


async def put_back(payload: Any) -> None:
    """Let facts be delivered once more: what jobs of earlier builds ask for, of one fact or of several."""
    event_ids = msgspec.convert(payload, list[int] | int)
    await db.execute(_PUT_BACK, [event_ids] if isinstance(event_ids, int) else event_ids)


async def list_about(subjects: Sequence[str]) -> list[Recorded]:
    """The facts about subjects of these kinds that nobody has reacted to yet."""
    return [queries.recorded(row) for row in await db.fetch(_ABOUT, list(subjects))]


async def is_any(connection: asyncpg.Connection, floor: int) -> bool:
    """Whether a fact waits, from an id on."""
    return await connection.fetchval(_FIRST, floor) is not None


async def get_state(connection: asyncpg.Connection | None = None) -> QueueState:
    """How the queue stands, with the facts that wait as one name more of it."""
    if connection is None:
        async with db.connection() as own:
            return await get_state(own)
    state, backlog = await jobs.get_state(connection), await connection.fetchrow(_BACKLOG)
    assert backlog is not None
    facts = NameState(name=FACTS, running=0, held=0, **dict(backlog))
    return msgspec.structs.replace(state, names=[facts, *state.names] if facts.waiting else state.names)
