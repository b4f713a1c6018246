"""What a vendor lends us for a while to be let in, one for all processes: fetched by one of them, sealed in a row.

A second process that wants it meanwhile waits on an advisory lock and finds the row. It is renewed some minutes before
its end; where the vendor cannot be reached then, the old one serves until it ends.
"""

import hashlib
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import asyncpg
import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend import db

RENEW_BEFORE = timedelta(seconds=300)
_LEAST = timedelta(seconds=30)
"""For so long what was just fetched serves, however soon it ends: no fetch for every message."""
_NONCE_BYTES = 12
_READ = "SELECT sealed, renew_at, expires_at FROM vendor_token WHERE name = $1"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('vendor_token ' || $1, 0))"
_WRITE = """
    INSERT INTO vendor_token (name, sealed, renew_at, expires_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (name) DO UPDATE
        SET sealed = excluded.sealed, renew_at = excluded.renew_at, expires_at = excluded.expires_at
"""
_DROP = "DELETE FROM vendor_token WHERE name = $1 AND sealed = $2"


class Lent(msgspec.Struct, frozen=True, kw_only=True):
    """What the vendor gave, and for how many seconds from now."""

    value: str
    expires_in_s: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    value: str
    renew_at: datetime
    expires_at: datetime


class VendorToken:
    """`name`: of the row. `secret`: what the row is sealed with, so that a dump of the database lets nobody in."""

    def __init__(
        self, name: str, secret: str, fetch: Callable[[], Awaitable[Lent]], now: Callable[[], datetime]
    ) -> None:
        self._name, self._fetch, self._now = name, fetch, now
        self._seal = AESGCM(hashlib.sha256(b"yima vendor token " + secret.encode()).digest())
        self._memo: Found | None = None

    async def get(self) -> str:
        """The token that serves now. Raises what `fetch` raises where there is none."""
        found = self._memo
        if found is None or found.renew_at <= self._now():
            found = self._memo = await self._read_or_fetch()
        return found.value

    async def drop(self, value: str) -> None:
        """Forget this token, which the vendor refused, unless somebody has another one already."""
        self._memo = None
        row = await db.fetchrow(_READ, self._name)
        found = self._opened(row)
        if row is not None and (found is None or found.value == value):
            await db.execute(_DROP, self._name, row["sealed"])

    async def _read_or_fetch(self) -> Found:
        found = self._opened(await db.fetchrow(_READ, self._name))
        if found is not None and found.renew_at > self._now():
            return found
        async with db.transaction():
            await db.execute(_LOCK, self._name)
            found = self._opened(await db.fetchrow(_READ, self._name))
            if found is not None and found.renew_at > self._now():
                return found
            return await self._renew(found)

    async def _renew(self, earlier: Found | None) -> Found:
        try:
            lent = await self._fetch()
        except Exception:
            if earlier is not None and earlier.expires_at > self._now():
                return earlier
            raise
        now = self._now()
        expires_at = now + timedelta(seconds=lent.expires_in_s)
        found = Found(value=lent.value, renew_at=max(expires_at - RENEW_BEFORE, now + _LEAST), expires_at=expires_at)
        await db.execute(_WRITE, self._name, self._sealed(found.value), found.renew_at, found.expires_at)
        return found

    def _sealed(self, value: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, value.encode(), self._name.encode())

    def _opened(self, row: asyncpg.Record | None) -> Found | None:
        """What a row holds; None without one, or where it was sealed with another secret."""
        if row is None:
            return None
        sealed = bytes(row["sealed"])
        try:
            value = self._seal.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], self._name.encode())
        except InvalidTag:
            return None
        return Found(value=value.decode(), renew_at=row["renew_at"], expires_at=row["expires_at"])
