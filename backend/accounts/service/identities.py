"""Who somebody is at another system: an account is found by it, made for a stranger, or linked by its holder."""

from datetime import datetime

from backend import db
from backend.accounts.errors import IdentityTaken, PasswordNeeded, SignInRefused
from backend.accounts.structs import Actor

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('identity ' || $1 || ' ' || $2, 0))"
_FIND = """
SELECT a.id, a.kind, a.is_active FROM external_identity i JOIN account a ON a.id = i.account_id
WHERE i.vendor = $1 AND i.subject = $2
"""
_ADD = """
WITH added AS (INSERT INTO account (kind, created_at) VALUES ('device', $3) RETURNING id)
INSERT INTO external_identity (account_id, vendor, subject, linked_at) SELECT id, $1, $2, $3 FROM added
RETURNING account_id
"""
_UNLINK = "DELETE FROM external_identity WHERE vendor = $1 AND (subject = $2 OR account_id = $3)"
_LINK = "INSERT INTO external_identity (account_id, vendor, subject, linked_at) VALUES ($1, $2, $3, $4)"


async def find_or_add_resident(vendor: str, subject: str, now: datetime) -> int:
    """The account of a resident who is known by this name elsewhere, made at the first time.

    Raises PasswordNeeded for staff, whom another system does not vouch for, and SignInRefused for who may act no more.
    """
    async with db.transaction():
        await db.execute(_LOCK, vendor, subject)
        found = await db.fetchrow(_FIND, vendor, subject)
        if found is None:
            return await db.fetchval(_ADD, vendor, subject, now)
    if found["kind"] != "device":
        raise PasswordNeeded
    if not found["is_active"]:
        raise SignInRefused
    return found["id"]


async def link_identity(actor: Actor, vendor: str, subject: str, now: datetime) -> None:
    """Reach this account there from now on; it takes the place of an earlier link, and of a resident's account.

    Raises IdentityTaken where another member of staff is known by that name.
    """
    async with db.transaction():
        await db.execute(_LOCK, vendor, subject)
        found = await db.fetchrow(_FIND, vendor, subject)
        if found is not None and found["id"] == actor.account_id:
            return
        if found is not None and found["kind"] != "device":
            raise IdentityTaken
        await db.execute(_UNLINK, vendor, subject, actor.account_id)
        await db.execute(_LINK, actor.account_id, vendor, subject, now)
