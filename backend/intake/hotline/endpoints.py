"""Where a platform takes what we tell it: one address for each source, and whoever sends there holds it for a while."""

from datetime import datetime, timedelta

import msgspec

from backend import db
from backend.intake.hotline.grid_wire import GridWire
from backend.intake.hotline.messages import HotlineWire
from backend.intake.sources import queries as sources
from backend.structs import Read

WIRES: dict[str, HotlineWire] = {"grid": GridWire()}
"""By city. Another one is a class of `messages.HotlineWire`, and a line here."""
HELD_FOR = timedelta(minutes=2)
"""Longer than one message takes; a process that dies lets go by itself."""
_FIRST_PAUSE, _LONGEST_PAUSE, _DOUBLINGS_MOST = timedelta(seconds=5), timedelta(minutes=5), 8
_SET = """
    INSERT INTO hotline_endpoint (source_id, url, wire) VALUES ($1, $2, $3)
    ON CONFLICT (source_id) DO UPDATE SET url = excluded.url, wire = excluded.wire, next_at = NULL
"""
_CLAIM = """
    UPDATE hotline_endpoint SET busy_until = $3
    WHERE source_id = $1 AND coalesce(busy_until, '-infinity') <= $2 AND coalesce(next_at, '-infinity') <= $2
    RETURNING source_id, url, wire, failures
"""
_LET_GO = "UPDATE hotline_endpoint SET busy_until = NULL WHERE source_id = $1"
_ANSWERED = """
    UPDATE hotline_endpoint SET answered_at = $2, next_at = NULL, failures = 0, error = '', busy_until = $3
    WHERE source_id = $1
"""
_FAILED = """
    UPDATE hotline_endpoint SET next_at = $2, failures = failures + 1, error = $3, busy_until = NULL
    WHERE source_id = $1
"""
_STANDING = """
    SELECT s.name AS source, e.url, e.wire, e.failures, e.error, e.answered_at,
        count(*) FILTER (WHERE x.state = 'queued') AS queued,
        min(x.made_at) FILTER (WHERE x.state = 'queued') AS oldest_at,
        count(*) FILTER (WHERE x.state = 'refused') AS refused
    FROM hotline_endpoint e JOIN intake_source s ON s.id = e.source_id
    LEFT JOIN hotline_exchange x ON x.source_id = e.source_id AND x.state <> 'taken'
    GROUP BY e.id, s.name ORDER BY s.name
"""
_WITH_BACKLOG = """
    SELECT e.source_id FROM hotline_endpoint e
    WHERE EXISTS (SELECT FROM hotline_exchange x WHERE x.source_id = e.source_id AND x.state = 'queued')
    ORDER BY e.source_id
"""


class EndpointStanding(Read, frozen=True, kw_only=True):
    """How a platform stands. `error`: what went wrong at the last try, empty when it answered."""

    source: str
    url: str
    wire: str
    queued: int
    oldest_at: datetime | None
    refused: int
    failures: int
    error: str
    answered_at: datetime | None


class SendingAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where and how to send."""

    source_id: int
    url: str
    wire: str
    failures: int


async def connect(source_name: str, url: str, wire: str = "grid") -> None:
    """Say where a source's platform takes what it is told. Raises SourceUnknown, KeyError for a wire that is none."""
    source = await sources.get_source(source_name)
    WIRES[wire]
    await db.execute(_SET, source.id, url, wire)


async def wire_of(source_id: int) -> HotlineWire:
    """In which format this source speaks; the usual one before it is connected."""
    name = await db.fetchval("SELECT wire FROM hotline_endpoint WHERE source_id = $1", source_id)
    return WIRES[name or "grid"]


async def list_with_backlog() -> list[int]:
    """The sources that have something to be told."""
    return [row["source_id"] for row in await db.fetch(_WITH_BACKLOG)]


async def list_standing() -> list[EndpointStanding]:
    """Every platform that is connected, by its source's name."""
    return [EndpointStanding(**row) for row in await db.fetch(_STANDING)]


async def claim(source_id: int, now: datetime) -> SendingAddress | None:
    """Hold it, so that nobody else sends there and the order stands. None while another one does, or it is too soon."""
    row = await db.fetchrow(_CLAIM, source_id, now, now + HELD_FOR)
    return SendingAddress(**row) if row else None


async def let_go(source_id: int) -> None:
    await db.execute(_LET_GO, source_id)


async def answered(source_id: int, now: datetime) -> None:
    """It is there; whoever sends goes on holding it."""
    await db.execute(_ANSWERED, source_id, now, now + HELD_FOR)


async def failed(address: SendingAddress, why: str, now: datetime) -> None:
    """It is away, or in trouble: later, each time later, five minutes at most."""
    after = min(_FIRST_PAUSE * 2 ** min(address.failures, _DOUBLINGS_MOST), _LONGEST_PAUSE)
    await db.execute(_FAILED, address.source_id, now + after, why)
