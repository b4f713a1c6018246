"""Links that serve once for the account of a session: kept as hashes, for a minute or ten, and gone when they served.

A link is as good as the session that made it: once that has ended, or its person has left, it leads nowhere.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from backend import db
from backend.accounts.errors import LinkSpent
from backend.sql import sql

_TOKEN_BYTES, _TOKEN_CHARS = 32, 100
_GIVEN_ENDED_BEFORE = timedelta(days=1)


class Purpose(StrEnum):
    WEB_VIEW = "web_view"
    """Opens a session in the web-view of a mini-program."""
    MERGE = "merge"
    """Joins two accounts of one person."""


LIVES = {Purpose.WEB_VIEW: timedelta(seconds=60), Purpose.MERGE: timedelta(minutes=10)}


class Linked(NamedTuple):
    """The session that made a link, and its account."""

    session_id: UUID
    account_id: int
    expires_at: datetime
    """When that session ends."""
    is_device: bool


async def make(session_id: UUID, purpose: Purpose, now: datetime) -> str:
    """A new link of this session. Returns its token, which is kept nowhere."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = {"token_hash": hash_of(token), "purpose": purpose.value, "session_id": session_id, "now": now}
    await db.execute(sql(_MAKE, **row, expires_at=now + LIVES[purpose]))
    return token


async def find(token: str, purpose: Purpose, now: datetime) -> Linked:
    """Whom it is of. It serves on. Raises LinkSpent."""
    row = await db.fetchrow(_FIND, hash_of(token), purpose.value, now)
    if row is None:
        raise LinkSpent
    return Linked(*row)


async def spend(token: str, purpose: Purpose, now: datetime) -> Linked:
    """Whom it is of; it serves nobody from now on. Within a transaction, which keeps that session from ending.

    Raises LinkSpent.
    """
    session_id = await db.fetchval(_LOCK, hash_of(token), purpose.value)
    linked = await find(token, purpose, now)
    if session_id is None or await db.fetchval(_SPEND, hash_of(token)) is None:
        raise LinkSpent
    return linked


async def prune(now: datetime) -> None:
    """Remove links that are over, and sessions of web-views that ended a day ago."""
    await db.execute("DELETE FROM session_link WHERE expires_at < $1", now)
    await db.execute(_PRUNE_GIVEN, now - _GIVEN_ENDED_BEFORE)


def hash_of(token: str) -> bytes:
    """What is stored in the token's place."""
    return hashlib.sha256(token[:_TOKEN_CHARS].encode()).digest()


_MAKE = """
INSERT INTO session_link (token_hash, purpose, session_id, made_at, expires_at)
VALUES (:token_hash, :purpose, :session_id, :now, :expires_at)
"""
# Whoever signs out at this instant waits, and then finds what was opened by the link.
_LOCK = """
SELECT s.id FROM session_link l JOIN session s ON s.id = l.session_id
WHERE l.token_hash = $1 AND l.purpose = $2 FOR NO KEY UPDATE OF s
"""
_FIND = """
SELECT s.id, s.account_id, s.expires_at, a.kind = 'device' AS is_device
FROM session_link l JOIN session s ON s.id = l.session_id JOIN account a ON a.id = s.account_id
LEFT JOIN session giver ON giver.id = s.given_by_id
WHERE l.token_hash = $1 AND l.purpose = $2 AND l.expires_at > $3
    AND s.revoked_at IS NULL AND s.expires_at > $3 AND a.is_active
    AND (s.given_by_id IS NULL OR giver.revoked_at IS NULL AND giver.expires_at > $3)
    AND NOT EXISTS (SELECT FROM account_merge WHERE token_hash = l.token_hash)
"""
_SPEND = "DELETE FROM session_link WHERE token_hash = $1 RETURNING true"
_PRUNE_GIVEN = "DELETE FROM session WHERE given_by_id IS NOT NULL AND revoked_at < $1"
