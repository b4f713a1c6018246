"""Wrong passwords, counted by name and address together: a stranger's guesses never keep the owner out elsewhere.

A try counts as a failure before the password is looked at and is forgiven when it was right, so that a hundred tries at
once are a hundred. Names are kept as digests: what is typed there may be a password. One that nobody has counts alike.
"""

import hashlib
from datetime import datetime, timedelta

from backend import db
from backend.accounts.errors import SignInsSlowed
from backend.sql import sql

FREE = 5
"""So many wrong passwords of one name from one address cost nothing; each one more doubles the wait."""
FIRST_WAIT_S, LONGEST_WAIT_S = 30, 900
FORGOTTEN_AFTER = timedelta(days=1)
_DIGEST_BYTES = 16


async def count(username: str, address: str, now: datetime) -> None:
    """Count a try. Raises SignInsSlowed while the wait for this name and address lasts."""
    key = _key(username, address)
    counted = sql(
        _COUNT,
        key=key,
        now=now,
        forgotten_before=now - FORGOTTEN_AFTER,
        free=FREE,
        first_wait_s=FIRST_WAIT_S,
        longest_wait_s=LONGEST_WAIT_S,
    )
    if await db.fetchval(counted) is None:
        until = await db.fetchval("SELECT blocked_until FROM sign_in_failure WHERE key = $1", key) or now
        raise SignInsSlowed(retry_after_s=max(1, round((until - now).total_seconds())))


async def forgive(username: str, address: str) -> None:
    await db.execute("DELETE FROM sign_in_failure WHERE key = $1", _key(username, address))


async def unlock(username: str) -> int:
    """Forgive this name from every address. Returns at how many it had to wait or was counted."""
    return len(await db.fetch("DELETE FROM sign_in_failure WHERE starts_with(key, $1) RETURNING key", _key(username)))


async def prune(now: datetime) -> None:
    """Forget failures of which a day has passed."""
    await db.execute("DELETE FROM sign_in_failure WHERE failed_at < $1", now - FORGOTTEN_AFTER)


def _key(username: str, address: str = "") -> str:
    name = username.strip().lower().encode()
    return f"{hashlib.blake2s(name, digest_size=_DIGEST_BYTES).hexdigest()}@{address[:80]}"


_COUNT = """
INSERT INTO sign_in_failure AS f (key, failures, failed_at, blocked_until) VALUES (:key, 1, :now, :now)
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN f.failed_at < :forgotten_before THEN 1 ELSE f.failures + 1 END,
    failed_at = :now,
    blocked_until = CASE WHEN f.failed_at < :forgotten_before OR f.failures + 1 < :free THEN :now
        ELSE :now + make_interval(
            secs => least(:first_wait_s::float8 * 2.0 ^ least(f.failures + 1 - :free, 20), :longest_wait_s)) END
WHERE f.blocked_until <= :now
RETURNING failures
"""
