"""Who somebody is at another system (WeChat, WeCom): linked by a person who has proved to be both, never made up."""

from datetime import datetime
from typing import TYPE_CHECKING

from backend import db
from backend.accounts import passwords, queries
from backend.accounts.errors import AccountUnknown, IdentityOfAnother, IdentityUnknown, SignInRefused
from backend.accounts.events import IdentityLinked, IdentityUnlinked, SignedIn, SignInFailed
from backend.accounts.service import guessing, sessions
from backend.accounts.structs import Tokens
from backend.events import service as events
from backend.sql import sql

if TYPE_CHECKING:
    from backend.accounts.keyring import TokenKeyring

_STAFF = "SELECT username, password_hash FROM account WHERE id = $1 AND is_active AND kind = 'staff'"
_LOCK = "SELECT id FROM account WHERE id = $1 AND is_active AND kind = 'staff' FOR NO KEY UPDATE"
_HOLDER = "SELECT account_id FROM external_identity WHERE vendor = $1 AND subject = $2"
_LINK = """
    INSERT INTO external_identity (account_id, vendor, subject, linked_at)
    SELECT :account_id::bigint, :vendor::text, :subject::text, :now::timestamptz
    WHERE NOT EXISTS (SELECT FROM external_identity WHERE vendor = :vendor::text AND subject = :subject::text)
    ON CONFLICT (account_id, vendor) DO UPDATE SET subject = excluded.subject, linked_at = excluded.linked_at
    RETURNING true
"""

_UNLINK = "DELETE FROM external_identity WHERE account_id = $1 AND vendor = $2 RETURNING true"


async def confirm_password(account_id: int, password: str, now: datetime, address: str = "") -> None:
    """Ask somebody who is signed in for the password once more. Raises SignInRefused, SignInsSlowed."""
    found = await db.fetchrow(_STAFF, account_id)
    if found is None:
        raise SignInRefused
    await guessing.count(found["username"], address, now)
    if not await passwords.is_right(password, found["password_hash"]):
        async with db.transaction():
            await events.record(SignInFailed(subject_id=account_id, address=address))
        raise SignInRefused
    await guessing.forgive(found["username"], address)


async def link_staff(account_id: int, vendor: str, subject: str, now: datetime, address: str = "") -> None:
    """Let a member of staff be known there by this name, in place of an earlier one. Twice is the same.

    Raises IdentityOfAnother when somebody else is, AccountUnknown for whoever is not staff any more.
    """
    async with db.transaction():
        if await db.fetchval(_LOCK, account_id) is None:
            raise AccountUnknown
        if await db.fetchval(_HOLDER, vendor, subject) == account_id:
            return
        given = {"account_id": account_id, "vendor": vendor, "subject": subject, "now": now}
        if await db.fetchval(sql(_LINK, **given)) is None:
            raise IdentityOfAnother
        await events.record(IdentityLinked(subject_id=account_id, address=address, vendor=vendor))


async def unlink_staff(account_id: int, vendor: str, address: str = "") -> bool:
    """Be known there no longer: no message goes there and nobody signs in by it. Whether there was a link."""
    async with db.transaction():
        was_linked = bool(await db.fetchval(_UNLINK, account_id, vendor))
        if was_linked:
            await events.record(IdentityUnlinked(subject_id=account_id, address=address, vendor=vendor))
    return was_linked


async def sign_in_by_identity(
    vendor: str, subject: str, keys: "TokenKeyring", now: datetime, user_agent: str = "", address: str = ""
) -> Tokens:
    """Open a session for whoever is linked to this name. Raises IdentityUnknown, also for somebody who left."""
    async with db.transaction():
        account_id = await queries.find_by_identity(vendor, subject)
        if account_id is None:
            raise IdentityUnknown
        await events.record(SignedIn(subject_id=account_id, address=address, by=vendor))
        return await sessions.open_staff_session(account_id, keys, now, user_agent)
