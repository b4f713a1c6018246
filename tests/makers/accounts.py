"""Accounts: staff who can sign in, devices, and the credentials that a client sends."""

from datetime import datetime
from functools import lru_cache
from itertools import count
from uuid import UUID, uuid4

from backend import clock, config, db
from backend.accounts import passwords, queries
from backend.accounts.keyring import TokenKeyring
from backend.accounts.structs import Actor, Role

PASSWORD = "Correct-horse-7"
TOWN = "310115105"
_numbers = count(1)
_sessions: dict[int, UUID] = {}
"""By account, the session that the makers opened last."""


async def make_staff(
    *roles: Role, area: str = TOWN, username: str | None = None, name: str = "张三", unit_id: int | None = None
) -> Actor:
    """A member of staff whose password is PASSWORD."""
    username = username or f"staff-{next(_numbers)}"
    account_id = await db.fetchval(_STAFF, username, _hash(), name, unit_id, clock.now())
    for role in roles:
        await db.execute(_GRANT, account_id, role.value, area)
    return await signed_in(account_id)


async def grant(actor: Actor, *roles: Role, area: str) -> Actor:
    """The same person with more roles in another area."""
    for role in roles:
        await db.execute(_GRANT, actor.account_id, role.value, area)
    return await queries.get_actor(actor.account_id)


async def make_device() -> Actor:
    """A resident's phone."""
    account_id = await db.fetchval("INSERT INTO account (kind, created_at) VALUES ('device', now()) RETURNING id")
    return await signed_in(account_id)


async def signed_in(account_id: int) -> Actor:
    """The account with an open session, under which `bearer` sends."""
    _sessions[account_id] = uuid4()
    await db.execute(_SESSION, _sessions[account_id], account_id)
    return await queries.get_actor(account_id)


def bearer(actor: Actor, now: datetime | None = None) -> dict[str, str]:
    """Headers of a request that this actor sends. What they may do is what the database says, not the actor here."""
    token = keyring().seal(actor, _sessions[actor.account_id], now or clock.now())
    return {"authorization": f"Bearer {token}"}


@lru_cache(maxsize=1)
def keyring() -> TokenKeyring:
    """The keys of an app in demo mode."""
    return TokenKeyring(config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo"}).secret)


@lru_cache(maxsize=1)
def _hash() -> str:
    """Hashing takes its time: once is enough."""
    return passwords._hasher.hash(PASSWORD)


_STAFF = """
INSERT INTO account (kind, username, password_hash, display_name, unit_id, created_at)
VALUES ('staff', $1, $2, $3, $4, $5) RETURNING id
"""
_GRANT = "INSERT INTO role_grant (account_id, role, area_code) VALUES ($1, $2, $3)"
_SESSION = """
INSERT INTO session (id, account_id, refresh_hash, opened_at, rotated_at, expires_at)
VALUES ($1, $2, sha256(''), now(), now(), now() + interval '30 days')
"""
