"""Staff: who joins, with which roles and where, with which password, and who leaves."""

from datetime import datetime

from backend import db
from backend.accounts import passwords
from backend.accounts.errors import AccountUnknown, UsernameTaken
from backend.accounts.structs import Grant, StaffDraft


async def create_staff(draft: StaffDraft, now: datetime) -> int:
    """Add a member of staff. Raises WeakPassword, UsernameTaken."""
    username = draft.username.strip().lower()
    passwords.check_strength(draft.password, username)
    hashed = await passwords.hash_password(draft.password)
    async with db.transaction():
        account_id = await db.fetchval(
            _ADD_STAFF, username, hashed, draft.display_name, draft.phone, draft.unit_id, now
        )
        if account_id is None:
            raise UsernameTaken(username=username)
        for each in draft.grants:
            await grant(account_id, each)
    return account_id


async def grant(account_id: int, held: Grant) -> None:
    """Let the account hold a role within an area; granting it twice is the same."""
    await db.execute(_GRANT, account_id, held.role.value, held.area)


async def set_password(account_id: int, password: str, now: datetime) -> None:
    """Give a new password, unlock, and end every session. Raises WeakPassword, AccountUnknown."""
    username = await db.fetchval("SELECT username FROM account WHERE id = $1 AND kind = 'staff'", account_id)
    if username is None:
        raise AccountUnknown
    passwords.check_strength(password, username)
    hashed = await passwords.hash_password(password)
    async with db.transaction():
        await db.execute(_RENEW, account_id, hashed)
        await db.execute(_END_SESSIONS, account_id, now)


async def deactivate(account_id: int, now: datetime) -> None:
    """Let somebody go: no sign-in, no refresh, off duty. Access tokens in hand end within ten minutes."""
    async with db.transaction():
        await db.execute("UPDATE account SET is_active = false WHERE id = $1", account_id)
        await db.execute(_END_SESSIONS, account_id, now)


_ADD_STAFF = """
INSERT INTO account (kind, username, password_hash, display_name, phone, unit, created_at)
VALUES ('staff', $1, $2, $3, $4, $5, $6)
ON CONFLICT (username) DO NOTHING
RETURNING id
"""
_GRANT = """
INSERT INTO role_grant (account, role, area_code) VALUES ($1, $2, $3)
ON CONFLICT ON CONSTRAINT role_grant_held_once DO NOTHING
"""
_RENEW = """
UPDATE account SET password_hash = $2, failed_logins = 0, locked_until = NULL WHERE id = $1
"""
_END_SESSIONS = "UPDATE session SET revoked_at = $2 WHERE account = $1 AND revoked_at IS NULL"
