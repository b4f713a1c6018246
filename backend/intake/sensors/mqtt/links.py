"""How the connection to the broker goes: noted every few seconds by the process that has it, read by the others."""

from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.sql import sql
from backend.structs import Read

SILENT_S = 60
"""A process that gave no sign of life for so long counts as dead."""
_NOTE = """
    INSERT INTO broker_link AS link (client_id, beat_at, is_connected, received_at, messages, readings, unreadable,
        refused, lost_sessions, dropped)
    VALUES (:client_id, :now, :is_connected, :received_at, :messages, :readings, :unreadable, :refused,
        :lost_sessions, :dropped)
    ON CONFLICT (client_id) DO UPDATE SET beat_at = :now, is_connected = :is_connected,
        received_at = coalesce(:received_at, link.received_at), messages = link.messages + :messages,
        readings = link.readings + :readings, unreadable = link.unreadable + :unreadable,
        refused = link.refused + :refused, lost_sessions = link.lost_sessions + :lost_sessions, dropped = :dropped
"""
_STATE = f"""
    SELECT client_id, is_connected AND beat_at > now() - interval '{SILENT_S} seconds' AS is_connected, beat_at,
           extract(epoch FROM now() - beat_at)::float8 AS beat_age_s, received_at, messages, readings, unreadable,
           refused, lost_sessions, dropped
    FROM broker_link WHERE beat_at > now() - interval '1 day' ORDER BY beat_at DESC
"""


class LinkState(Read, frozen=True, kw_only=True):
    """One process that reads from a broker, or did within a day."""

    client_id: str
    is_connected: bool
    beat_at: datetime
    beat_age_s: float
    received_at: datetime | None
    messages: int
    readings: int
    unreadable: int
    refused: int
    lost_sessions: int
    dropped: int


class LinkFigures(Read, frozen=True, kw_only=True):
    """What has come since it was last noted."""

    messages: int = 0
    readings: int = 0
    unreadable: int = 0
    refused: int = 0
    received_at: datetime | None = None

    def plus(self, more: "LinkFigures") -> "LinkFigures":
        return LinkFigures(
            messages=self.messages + more.messages,
            readings=self.readings + more.readings,
            unreadable=self.unreadable + more.unreadable,
            refused=self.refused + more.refused,
            received_at=more.received_at or self.received_at,
        )

    def without(self, noted: "LinkFigures") -> "LinkFigures":
        return msgspec.structs.replace(
            self,
            messages=self.messages - noted.messages,
            readings=self.readings - noted.readings,
            unreadable=self.unreadable - noted.unreadable,
            refused=self.refused - noted.refused,
        )


class Sign(Read, frozen=True, kw_only=True):
    """What a process says of its connection. `lost_sessions`: since it said so last."""

    client_id: str
    is_connected: bool
    lost_sessions: int
    dropped: int


async def note(sign: Sign, figures: LinkFigures, now: datetime) -> None:
    """Add what has come to what is there, and say how the connection is."""
    values = msgspec.structs.asdict(sign) | msgspec.structs.asdict(figures)
    await db.execute(sql(_NOTE, **values, now=now))


async def get_links(connection: asyncpg.Connection | None = None) -> list[LinkState]:
    """Who reads from a broker, the last seen first."""
    rows = await (db.fetch(_STATE) if connection is None else connection.fetch(_STATE))
    return [LinkState(**dict(row)) for row in rows]
