"""Passwords of staff: one that somebody chose, and first ones that the system makes for whoever has none yet."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from backend import db
from backend.accounts import passwords
from backend.accounts.errors import AccountUnknown
from backend.accounts.events import PasswordSet, SignInsUnlocked
from backend.accounts.service import guessing
from backend.accounts.structs import FirstPassword
from backend.events import service as events


async def set_password(account_id: int, password: str, now: datetime) -> None:
    """Give a new password, unlock, and end every session. Raises WeakPassword, AccountUnknown."""
    username = await db.fetchval(_USERNAME, account_id)
    if username is None:
        raise AccountUnknown
    passwords.check_strength(password, username)
    hashed = await passwords.hash_password(password)
    async with db.transaction():
        await db.execute(_RENEW, account_id, hashed)
        await db.execute(_END_SESSIONS, account_id, now)
        await guessing.unlock(username)
        await events.record(PasswordSet(subject_id=account_id))


async def unlock(account_id: int) -> None:
    """Let whoever failed too often with this name try again at once, wherever they are. Raises AccountUnknown."""
    username = await db.fetchval(_USERNAME, account_id)
    if username is None:
        raise AccountUnknown
    async with db.transaction():
        await guessing.unlock(username)
        await events.record(SignInsUnlocked(subject_id=account_id))


async def issue_passwords(keep: Callable[[Sequence[FirstPassword]], None]) -> int:
    """Make a password for everybody here who has none. Returns for how many.

    `keep` gets them before they count: when it fails, nobody has one.
    """
    async with db.transaction():
        people = await db.fetch(_WITHOUT, passwords.UNUSABLE)
        issued = [
            FirstPassword(row["username"], row["display_name"], passwords.draw(row["username"])) for row in people
        ]
        hashes = await asyncio.gather(*(passwords.hash_password(one.password) for one in issued))
        await db.execute(_ISSUE, [row["id"] for row in people], hashes)
        await events.record(*(PasswordSet(subject_id=row["id"]) for row in people))
        keep(issued)
    return len(issued)


_USERNAME = "SELECT username FROM account WHERE id = $1 AND kind = 'staff' AND is_active"
_RENEW = """
UPDATE account SET password_hash = $2 WHERE id = $1
"""
_END_SESSIONS = "UPDATE session SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL"
_WITHOUT = """
SELECT id, username, display_name FROM account
WHERE kind = 'staff' AND is_active AND password_hash = $1 ORDER BY username FOR NO KEY UPDATE
"""
_ISSUE = """
UPDATE account SET password_hash = issued.hash FROM unnest($1::bigint[], $2::text[]) AS issued(id, hash)
WHERE account.id = issued.id
"""
