"""Read the log as it grows: each fact once, whichever order transactions commit in.

Ids are drawn before commit, so a smaller id may become visible after a larger one. A reader therefore remembers the ids
that it has not seen below the largest that it has, and asks for them again until nobody can write them any more.
"""

from collections.abc import Iterable, Sequence

import asyncpg
import msgspec

from backend import db
from backend.events.facts import Recorded
from backend.events.queries import COLUMNS, LATELY, recorded

READ_MOST = 1000
"""Facts of one look. Whoever is further behind asks everything again instead."""
_GAPS_MOST = 10_000
_SNAPSHOT = """
    SELECT pg_snapshot_xmin(s)::text::bigint AS snapshot_xmin, pg_snapshot_xmax(s)::text::bigint AS snapshot_xmax
    FROM pg_current_snapshot() AS s
"""
_BEGIN = f"""
    WITH snapshot AS ({_SNAPSHOT}), latest AS (
        SELECT coalesce(max(id), 0) AS id FROM event_log WHERE {LATELY}
    )
    SELECT latest.id AS last_id, snapshot_xmin, snapshot_xmax, array(
        SELECT n FROM generate_series(greatest(latest.id - {_GAPS_MOST}, 0) + 1, latest.id) AS n
        WHERE NOT EXISTS (SELECT FROM event_log WHERE id = n AND {LATELY})
    ) AS missing
    FROM snapshot, latest
"""
_READ = f"""
    WITH snapshot AS ({_SNAPSHOT}), latest AS (
        SELECT coalesce(max(id), 0) AS latest_id FROM event_log WHERE {LATELY}
    ), news AS (
        (SELECT {COLUMNS} FROM event_log WHERE id = ANY($2::bigint[]) AND {LATELY})
        UNION ALL
        (SELECT {COLUMNS} FROM event_log WHERE id > $1 AND {LATELY} ORDER BY id LIMIT $3)
    )
    SELECT * FROM snapshot CROSS JOIN latest LEFT JOIN news ON true ORDER BY id
"""
_GONE_AFTER_S = 10.0
_TIMEOUT_S = 5.0


class News(msgspec.Struct, frozen=True):
    """What a look found, by id. `xmin`: the oldest transaction that was unfinished. What is too much is left out."""

    facts: list[Recorded]
    xmin: int
    is_too_much: bool = False


class Gaps:
    """The ids that are not there below the largest seen one: on their way, or never to come. Pure.

    An id is given up when every transaction has ended that was running when it was missed, and ten seconds later at
    the earliest: a transaction draws its first id an instant before it has a number.
    """

    def __init__(self) -> None:
        self._missed: dict[int, tuple[int, float]] = {}

    @property
    def ids(self) -> list[int]:
        return list(self._missed)

    def note(self, missing: Iterable[int], *, xmax: int, now: float) -> None:
        """These were not there in a snapshot in which no transaction from `xmax` on had begun."""
        for event_id in missing:
            self._missed.setdefault(event_id, (xmax, now))

    def close(self, seen: Iterable[int], *, xmin: int, now: float) -> None:
        """These are there now; others are given up as every transaction before `xmin` has ended."""
        for event_id in seen:
            self._missed.pop(event_id, None)
        self._missed = {
            event_id: (xmax, missed_at)
            for event_id, (xmax, missed_at) in self._missed.items()
            if xmin < xmax or now < missed_at + _GONE_AFTER_S
        }


class LogReader:
    """One who reads the log from a moment on."""

    def __init__(self, last_id: int, gaps: Gaps) -> None:
        self.last_id = last_id
        self._gaps = gaps

    @property
    def missing(self) -> list[int]:
        """The ids up to the last one that may still come."""
        return self._gaps.ids

    async def read(self, connection: asyncpg.Connection, now: float) -> News:
        """What became visible since the last look. Raises what the connection raises; then nothing was read.

        A log that ends before what was read is another one (a backup was restored) and read from its beginning.
        """
        rows = await connection.fetch(_READ, self.last_id, self.missing, READ_MOST, timeout=_TIMEOUT_S)
        xmin, xmax = rows[0]["snapshot_xmin"], rows[0]["snapshot_xmax"]
        if rows[0]["latest_id"] < self.last_id:
            self.last_id, self._gaps = 0, Gaps()
            return await self.read(connection, now)
        if len(rows) >= READ_MOST:
            return News([], xmin, is_too_much=True)
        facts = [recorded(row) for row in rows if row["id"] is not None]
        self._note([fact.id for fact in facts], xmin, xmax, now)
        return News(facts, xmin)

    def _note(self, ids: Sequence[int], xmin: int, xmax: int, now: float) -> None:
        last_id = max(self.last_id, ids[-1]) if ids else self.last_id
        self._gaps.close(ids, xmin=xmin, now=now)
        passed_by = range(max(self.last_id, last_id - _GAPS_MOST) + 1, last_id)
        self._gaps.note(set(passed_by).difference(ids), xmax=xmax, now=now)
        self.last_id = last_id


async def begin(now: float) -> LogReader:
    """A reader who has read everything that is visible now."""
    row = await db.fetchrow(_BEGIN)
    assert row is not None
    gaps = Gaps()
    gaps.note(row["missing"], xmax=row["snapshot_xmax"], now=now)
    return LogReader(row["last_id"], gaps)
