"""Valid requests about sessions that need another phone beside the one that asks."""

from typing import Any
from uuid import UUID

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Actor
from tests.makers.accounts import keyring


async def request_merge(world: Any, _asker: Actor | None) -> dict[str, Any]:
    """Another phone has made a link."""
    return {"json": {"token": await _link_of(await _session_of_another(world), world)}}


async def merge_accounts(world: Any, asker: Actor | None) -> dict[str, Any]:
    """Another phone waits by a link of whoever sends this, and can have made one."""
    session_id = await _session_of_another(world)
    other_id = await db.fetchval("SELECT account_id FROM session WHERE id = $1", session_id)
    own = "SELECT s.id FROM session s JOIN account a ON a.id = s.account_id WHERE a.id = $1 AND a.kind = 'device'"
    own_id = await db.fetchval(own, asker.account_id) if asker else None
    if own_id is None:
        return {"json": {"number": "000000"}}
    async with db.transaction():
        number = await accounts.request_merge(await _link_of(own_id, world), other_id, world.now)
    return {"json": {"number": number}}


async def _session_of_another(world: Any) -> UUID:
    other = await accounts.open_device_session(keyring(), world.now)
    return keyring().open(other.access_token, world.now).session_id


async def _link_of(session_id: UUID, world: Any) -> str:
    made = await accounts.make_merge_link(session_id, "", world.now)
    return made.link.partition("token=")[2]


async def nothing(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {}


REQUESTS = {
    "hand_over_session": nothing,
    "make_merge_link": nothing,
    "request_merge": request_merge,
    "merge_accounts": merge_accounts,
}
