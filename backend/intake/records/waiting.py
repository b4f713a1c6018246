"""What waits for a person, as a queue: the oldest first, without those that were put off."""

from collections.abc import Collection
from typing import NamedTuple

from backend import db
from backend.accounts.structs import Actor
from backend.intake.records import queries
from backend.sql import sql

_QUEUE = """
    SELECT count(*) AS waiting, min(r.id) FILTER (WHERE r.id <> ALL(:excluded::bigint[])) AS next_id
    FROM intake_record r JOIN intake_source s ON s.id = r.source_id
    WHERE {within} AND {of_source} AND r.state IN ('unsure', 'unreadable')
"""


class RecordQueue(NamedTuple):
    """How many wait, and the oldest that was not put off; None where none is left."""

    waiting: int
    next_id: int | None


async def view_queue(actor: Actor, excluded: Collection[int] = (), *, source_id: int | None = None) -> RecordQueue:
    """What waits in the areas in which the actor dispatches."""
    parts = {"within": queries.within(actor), "of_source": queries.of_source(source_id)}
    row = await db.fetchrow(sql(_QUEUE, **parts, excluded=list(excluded)))
    assert row is not None
    return RecordQueue(row["waiting"], row["next_id"])
