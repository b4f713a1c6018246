"""Sessions: opened by a password or by a device, kept alive by refreshing, ended by signing out or by theft.

A refresh token is used once; a second use is a copy that somebody else has, and the whole family ends. Only the cookies
of a browser get a short grace for the token just spent, because two tabs wake at once: its successor stays the same.
"""

import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from backend import db
from backend.accounts import passwords, queries, tokens
from backend.accounts.errors import SessionEnded, SignInRefused
from backend.accounts.events import SignedIn, SignedOut, SignInFailed, TokenReused, Trace
from backend.accounts.service import guessing, identities
from backend.accounts.structs import Actor, Credentials, Tokens
from backend.accounts.tables import USER_AGENT_CHARS
from backend.accounts.tokens import RefreshToken
from backend.events import service as events
from backend.sql import sql

if TYPE_CHECKING:
    from backend.accounts.keyring import TokenKeyring

STAFF_LIFE = timedelta(days=30)
"""Fixed: after it a password is asked again."""
DEVICE_LIFE = timedelta(days=180)
"""Since the last refresh: a device has no other way back to its reports."""
REPEAT_GRACE = timedelta(seconds=30)
"""For the cookies of pages, whose tabs refresh at the same moment."""


async def sign_in(
    credentials: Credentials, keys: "TokenKeyring", now: datetime, user_agent: str = "", address: str = ""
) -> Tokens:
    """Open a session for staff. Raises SignInRefused, the same for every cause, and SignInsSlowed."""
    await guessing.count(credentials.username, address, now)
    found = await db.fetchrow(_STAFF, credentials.username.strip().lower())
    is_right = await passwords.is_right(credentials.password, found["password_hash"] if found else None)
    if found is None:
        raise SignInRefused
    if not is_right:
        await _trace(SignInFailed(subject_id=found["id"], address=address))
        raise SignInRefused
    is_outdated = passwords.is_outdated(found["password_hash"])
    renewed = await passwords.hash_password(credentials.password) if is_outdated else None
    async with db.transaction():
        if not await db.fetchval(_ENTER, found["id"], renewed):
            raise SignInRefused
        await guessing.forgive(credentials.username, address)
        await events.record(SignedIn(subject_id=found["id"], address=address))
        return await open_staff_session(found["id"], keys, now, user_agent)


async def open_staff_session(account_id: int, keys: "TokenKeyring", now: datetime, user_agent: str) -> Tokens:
    """A session for staff of whom it is known who they are. Within a transaction; the caller records how it is."""
    return await _open(await queries.get_actor(account_id), keys, now, STAFF_LIFE, user_agent)


async def open_device_session(keys: "TokenKeyring", now: datetime, user_agent: str = "") -> Tokens:
    """Make an account for a device that nobody has signed in on, and a session for it."""
    async with db.transaction():
        account_id = await db.fetchval(_ADD_DEVICE, now)
        return await _open(await queries.get_actor(account_id), keys, now, DEVICE_LIFE, user_agent)


async def open_session_elsewhere(
    vendor: str, subject: str, keys: "TokenKeyring", now: datetime, user_agent: str = ""
) -> Tokens:
    """Open a session for the resident whom another system knows by this name; a stranger gets an account.

    Raises PasswordNeeded for staff, and SignInRefused.
    """
    async with db.transaction():
        account_id = await identities.find_or_add_resident(vendor, subject, now)
        return await _open(await queries.get_actor(account_id), keys, now, DEVICE_LIFE, user_agent)


async def refresh(
    refresh_token: str, keys: "TokenKeyring", now: datetime, *, grace: timedelta = timedelta(0)
) -> Tokens:
    """Exchange a refresh token; within the grace the one just spent serves again. Raises SessionEnded."""
    spent = tokens.read_refresh_token(refresh_token)
    async with db.transaction():
        session = await db.fetchrow(_LOCK_SESSION, spent.session_id)
        answer = await _exchange(spent, session, keys, now, grace)
    if answer is None:
        raise SessionEnded
    return answer


async def sign_out(session_id: UUID, now: datetime, address: str = "") -> None:
    """End a session; ending it twice is the same."""
    async with db.transaction():
        ended = await db.fetchrow(_REVOKE, session_id, now)
        if ended is not None and not ended["is_device"]:
            await events.record(SignedOut(subject_id=ended["account_id"], address=address))


async def _trace(fact: Trace) -> None:
    async with db.transaction():
        await events.record(fact)


async def _exchange(
    spent: RefreshToken, session: Any, keys: "TokenKeyring", now: datetime, grace: timedelta
) -> Tokens | None:
    if session is None or session["revoked_at"] or session["ends_at"] <= now:
        return None
    following = keys.successor(spent)
    expires_at: datetime = session["expires_at"]
    if hmac.compare_digest(session["refresh_hash"], spent.hash):
        expires_at = now + DEVICE_LIFE if session["is_device"] else expires_at
        await db.execute(_ROTATE, spent.session_id, following.hash, now, expires_at)
    elif not (_was_just_spent(session, now, grace) and hmac.compare_digest(session["refresh_hash"], following.hash)):
        await db.execute(_REVOKE, spent.session_id, now)
        await events.record(TokenReused(subject_id=session["account_id"]))
        return None
    if not session["is_active"]:
        return None
    return _issue(await queries.get_actor(session["account_id"]), following, keys, now, expires_at)


def _was_just_spent(session: Any, now: datetime, grace: timedelta) -> bool:
    return bool(grace) and now - session["rotated_at"] <= grace


async def open_given_session(
    account_id: int, giver_id: UUID, keys: "TokenKeyring", now: datetime, expires_at: datetime, user_agent: str
) -> Tokens:
    """A session that stands while its giver does. Within a transaction that has locked the giver."""
    actor = await queries.get_actor(account_id)
    return await _open(actor, keys, now, expires_at - now, user_agent, giver_id)


async def _open(
    actor: Actor, keys: "TokenKeyring", now: datetime, life: timedelta, user_agent: str, giver_id: UUID | None = None
) -> Tokens:
    token = tokens.first_refresh_token(uuid4())
    expires_at = now + life
    await db.execute(
        sql(
            _OPEN,
            session_id=token.session_id,
            account_id=actor.account_id,
            refresh_hash=token.hash,
            now=now,
            expires_at=expires_at,
            user_agent=user_agent[:USER_AGENT_CHARS],
            given_by_id=giver_id,
        )
    )
    return _issue(actor, token, keys, now, expires_at)


def _issue(actor: Actor, token: RefreshToken, keys: "TokenKeyring", now: datetime, expires_at: datetime) -> Tokens:
    return Tokens(
        access_token=keys.seal(actor, token.session_id, now),
        refresh_token=token.text,
        expires_in=int(tokens.ACCESS_LIFE.total_seconds()),
        refresh_expires_in=int((expires_at - now).total_seconds()),
    )


_STAFF = "SELECT id, password_hash FROM account WHERE username = $1 AND is_active"
_ENTER = """
UPDATE account SET password_hash = coalesce($2, password_hash) WHERE id = $1 AND is_active RETURNING true
"""
_ADD_DEVICE = "INSERT INTO account (kind, created_at) VALUES ('device', $1) RETURNING id"
_OPEN = """
INSERT INTO session (id, account_id, refresh_hash, opened_at, rotated_at, expires_at, user_agent, given_by_id)
VALUES (:session_id, :account_id, :refresh_hash, :now, :now, :expires_at, :user_agent, :given_by_id)
"""
_LOCK_SESSION = """
SELECT s.account_id, s.refresh_hash, s.rotated_at, s.expires_at, least(s.expires_at, giver.expires_at) AS ends_at,
       coalesce(s.revoked_at, giver.revoked_at) AS revoked_at, a.is_active, a.kind = 'device' AS is_device
FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN session giver ON giver.id = s.given_by_id
WHERE s.id = $1
FOR UPDATE OF s
"""
_ROTATE = "UPDATE session SET refresh_hash = $2, rotated_at = $3, expires_at = $4 WHERE id = $1"
_REVOKE = """
UPDATE session SET revoked_at = $2 FROM account a
WHERE session.id = $1 AND revoked_at IS NULL AND a.id = session.account_id
RETURNING session.account_id, a.kind = 'device' AS is_device
"""
