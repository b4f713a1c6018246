"""Staff: who joins, and what is known of them: name, phone, unit, roles."""

from datetime import datetime
from typing import Any

from backend import db
from backend.accounts import passwords
from backend.accounts.errors import StaffGone, UsernameInvalid, UsernameTaken
from backend.accounts.rules import is_username
from backend.accounts.service import duty, leaving, roles
from backend.accounts.structs import StaffDraft


async def create_staff(draft: StaffDraft, now: datetime) -> int:
    """Add a member of staff. Raises UsernameInvalid, WeakPassword, UsernameTaken."""
    username = draft.username.strip().lower()
    if not is_username(username):
        raise UsernameInvalid
    hashed = passwords.UNUSABLE
    if draft.password is not None:
        passwords.check_strength(draft.password, username)
        hashed = await passwords.hash_password(draft.password)
    async with db.transaction():
        account_id = await db.fetchval(_ADD, username, *_told(draft), hashed, now)
        if account_id is None:
            raise UsernameTaken(username=username)
        await roles.hold_exactly(account_id, draft.grants)
    return account_id


async def set_staff(draft: StaffDraft, now: datetime) -> int:
    """Add somebody, or bring whoever has this username up to date: these roles and no others.

    A password that is there already stays; the draft's serves only somebody new. Raises UsernameInvalid, StaffGone.
    """
    async with db.transaction():
        found = await db.fetchrow(_LOCK, draft.username.strip().lower())
        if found is None:
            return await create_staff(draft, now)
        if not found["is_active"]:
            raise StaffGone(username=draft.username)
        await _change(found, draft, now)
    return found["id"]


async def _change(found: Any, draft: StaffDraft, now: datetime) -> None:
    await db.execute(_CHANGE, found["id"], *_told(draft))
    has_lost_a_role = await roles.hold_exactly(found["id"], draft.grants)
    has_moved = found["unit"] not in (None, draft.unit_id)
    if has_moved:
        await duty.end_shifts_elsewhere(found["id"], draft.unit_id, now)
    if has_moved or has_lost_a_role:
        await leaving.tell(found["id"])


def _told(draft: StaffDraft) -> tuple[Any, ...]:
    return draft.display_name, draft.phone, draft.unit_id


_ADD = """
INSERT INTO account (kind, username, display_name, phone, unit, password_hash, created_at)
VALUES ('staff', $1, $2, $3, $4, $5, $6)
ON CONFLICT (username) DO NOTHING
RETURNING id
"""
_LOCK = "SELECT id, unit, is_active FROM account WHERE username = $1 FOR NO KEY UPDATE"
_CHANGE = """
UPDATE account SET display_name = $2, phone = $3, unit = $4
WHERE id = $1 AND (display_name, phone, unit) IS DISTINCT FROM ($2, $3, $4)
"""
