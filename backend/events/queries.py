"""Reads of the event log: by id for deliveries and live pages, and since a cursor for replay.

Ids are drawn before commit, so a smaller id may become visible after a larger one. The replay cursor therefore carries
the oldest transaction that was still running when it was made: everything from it on is sent again, nothing is missed.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.events.facts import Dated, Recorded
from backend.events.months import LOG
from backend.partitions import queries as partitions

_NAMES = ("id", "name", "subject", "subject_id", "version", "area_code", "unit_id", "account_ids")
COLUMNS = f"{', '.join(_NAMES)}, body::text AS body"
"""Of the log, as `recorded` reads them."""
LATELY = "recorded_at BETWEEN now() - interval '40 days' AND now() + interval '1 day'"
"""Of the log's months those in which what is delivered and shown now was recorded: the server looks at no other."""
_BY_IDS = f"SELECT {COLUMNS} FROM event_log WHERE id = ANY($1::bigint[]) ORDER BY id"
_SINCE = f"""
    SELECT {COLUMNS} FROM event_log
    WHERE (id > $1 OR xid >= $2::text::xid8) AND id > $1 - 10000 ORDER BY id LIMIT $3
"""
_LATEST = f"""
    SELECT * FROM (
        SELECT {COLUMNS}, recorded_at FROM event_log WHERE {LATELY} ORDER BY id DESC LIMIT $2
    ) latest WHERE recorded_at >= $1 ORDER BY id
"""
_ABOUT = """
    SELECT recorded_at, name, body::text AS body FROM event_log
    WHERE subject = $1 AND subject_id = $2 ORDER BY id DESC LIMIT $3
"""
_NAMED = f"SELECT {COLUMNS} FROM event_log WHERE name = ANY($1::text[]) AND id > $2 ORDER BY id LIMIT $3"
_HORIZON = "SELECT coalesce((SELECT max(id) FROM event_log), 0), pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


REPLAY_MOST = 500
"""Whoever has missed more asks everything again instead."""
_CURSOR_DIGITS = 18
"""Both numbers fit a bigint."""


class Cursor(msgspec.Struct, frozen=True):
    """Where a listener stands: the last event sent, and the oldest transaction then unfinished."""

    event_id: int
    xmin: int

    def __str__(self) -> str:
        return f"{self.event_id}.{self.xmin}"


def parse_cursor(text: str) -> Cursor | None:
    """Read a Last-Event-ID; None when it is not one of ours."""
    event_id, _, xmin = text.partition(".")
    if not (event_id.isdecimal() and xmin.isdecimal() and max(len(event_id), len(xmin)) <= _CURSOR_DIGITS):
        return None
    return Cursor(int(event_id), int(xmin))


async def list_by_ids(ids: list[int]) -> list[Recorded]:
    return [recorded(row) for row in await db.fetch(_BY_IDS, ids)]


async def list_since(cursor: Cursor) -> list[Recorded] | None:
    """Everything that the holder of this cursor may have missed, a few events twice.

    None when that is too much, or archived in part.
    """
    if await partitions.is_archived_after(LOG.name, cursor.event_id):
        return None
    rows = await db.fetch(_SINCE, cursor.event_id, str(cursor.xmin), REPLAY_MOST + 1)
    return None if len(rows) > REPLAY_MOST else [recorded(row) for row in rows]


async def list_after(instant: datetime) -> list[Recorded] | None:
    """What was recorded since an instant, by the database's clock; None when that is too much.

    A fact carries the time at which its transaction began. One that began before and ended after is not among them: to
    look further back would send every page for what it shows already.
    """
    rows = await db.fetch(_LATEST, instant, REPLAY_MOST + 1)
    return None if len(rows) > REPLAY_MOST else [recorded(row) for row in rows]


async def list_about(subject: str, subject_id: int, limit: int) -> list[Dated]:
    """The latest facts about one subject, the newest first."""
    rows = await db.fetch(_ABOUT, subject, subject_id, limit)
    return [Dated(at=row["recorded_at"], name=row["name"], body=msgspec.json.decode(row["body"])) for row in rows]


async def list_named(names: Sequence[str], after_id: int, limit: int) -> list[Recorded]:
    """The next facts of these names behind an id, in the order of the log, whenever they were recorded."""
    return [recorded(row) for row in await db.fetch(_NAMED, list(names), after_id, limit)]


async def is_archived_in_part() -> bool:
    """Whether facts have left the log for files."""
    return await partitions.is_archived_after(LOG.name, 0)


async def get_cursor() -> Cursor:
    """The present end of the log."""
    row = await db.fetchrow(_HORIZON)
    assert row is not None
    return Cursor(row[0], row[1])


def recorded(row: asyncpg.Record) -> Recorded:
    """The fact in a row with these columns, whatever else it has."""
    return Recorded(**{name: row[name] for name in _NAMES}, body=row["body"].encode())
