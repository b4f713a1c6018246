"""Valid requests about sessions that need another phone beside the one that asks."""

from typing import Any

from backend.accounts import service as accounts
from backend.accounts.structs import Actor
from tests.makers.accounts import keyring


async def merge_accounts(world: Any, _asker: Actor | None) -> dict[str, Any]:
    """Another phone has made a link."""
    other = await accounts.open_device_session(keyring(), world.now)
    session_id = keyring().open(other.access_token, world.now).session_id
    made = await accounts.make_merge_link(session_id, "", world.now)
    return {"json": {"token": made.link.partition("token=")[2]}}


async def nothing(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {}


REQUESTS = {"hand_over_session": nothing, "make_merge_link": nothing, "merge_accounts": merge_accounts}
