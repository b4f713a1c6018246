"""Staff: who joins, and what is known of them: name, phone, unit, roles."""

from datetime import datetime
from typing import Any

from backend import db
from backend.accounts import passwords
from backend.accounts.errors import StaffGone, UsernameInvalid, UsernameTaken
from backend.accounts.rules import is_username
from backend.accounts.service import leaving, roles
from backend.accounts.structs import AccountChange, StaffDraft
from backend.sql import sql


async def create_staff(draft: StaffDraft, now: datetime, *, hashed: str = passwords.UNUSABLE) -> int:
    """Add a member of staff. `hashed`: stands for a password where the draft has none, which is made once for many.

    Raises UsernameInvalid, WeakPassword, UsernameTaken.
    """
    username = draft.username.strip().lower()
    if not is_username(username):
        raise UsernameInvalid
    if draft.password is not None:
        passwords.check_strength(draft.password, username)
        hashed = await passwords.hash_password(draft.password)
    async with db.transaction():
        account_id = await db.fetchval(sql(_ADD, username=username, password_hash=hashed, now=now, **_details(draft)))
        if account_id is None:
            raise UsernameTaken(username=username)
        await roles.hold_exactly(account_id, draft.grants)
    return account_id


async def set_account(draft: StaffDraft, now: datetime) -> AccountChange:
    """Add somebody, or bring whoever has this username up to date: these roles and no others.

    Called by `duty.set_staff`, which ends the shifts of a former unit too. A password that is there already stays; the
    draft's serves only somebody new. Raises UsernameInvalid, StaffGone.
    """
    async with db.transaction():
        found = await db.fetchrow(_LOCK, draft.username.strip().lower())
        if found is None:
            return AccountChange(account_id=await create_staff(draft, now), has_moved=False)
        if not found["is_active"]:
            raise StaffGone(username=draft.username)
        return await _change(found, draft)


async def _change(found: Any, draft: StaffDraft) -> AccountChange:
    await db.execute(sql(_CHANGE, account_id=found["id"], **_details(draft)))
    has_lost_a_role = await roles.hold_exactly(found["id"], draft.grants)
    has_moved = found["unit_id"] not in (None, draft.unit_id)
    if has_moved or has_lost_a_role:
        await leaving.record_departure(found["id"])
    return AccountChange(account_id=found["id"], has_moved=has_moved)


def _details(draft: StaffDraft) -> dict[str, Any]:
    """The values that adding and changing share, by name."""
    return {"display_name": draft.display_name, "phone": draft.phone, "unit_id": draft.unit_id}


_ADD = """
INSERT INTO account (kind, username, display_name, phone, unit_id, password_hash, created_at)
VALUES ('staff', :username, :display_name, :phone, :unit_id, :password_hash, :now)
ON CONFLICT (username) DO NOTHING
RETURNING id
"""
_LOCK = "SELECT id, unit_id, is_active FROM account WHERE username = $1 FOR NO KEY UPDATE"
_CHANGE = """
UPDATE account SET display_name = :display_name, phone = :phone, unit_id = :unit_id
WHERE id = :account_id AND (display_name, phone, unit_id) IS DISTINCT FROM (:display_name, :phone, :unit_id)
"""
