"""会话转交: a mini-program's session is given to its web-view, which shares no cookies with it, by a link.

What the web-view gets stands only while the giving session does: whoever signs out in the mini-program has signed out
in its web-view. There is one at a time: the next takes the place of the last.
"""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from backend import db
from backend.accounts.errors import SessionWasGiven
from backend.accounts.events import SessionHandedOver
from backend.accounts.service import links, sessions
from backend.accounts.service.links import Purpose
from backend.accounts.structs import SessionHandOver, Tokens
from backend.events import service as events

if TYPE_CHECKING:
    from backend.accounts.keyring import TokenKeyring

_IS_GIVEN = "SELECT given_by_id IS NOT NULL FROM session WHERE id = $1"
_END_EARLIER = "UPDATE session SET revoked_at = $2 WHERE given_by_id = $1 AND revoked_at IS NULL"


async def hand_over(session_id: UUID, now: datetime) -> SessionHandOver:
    """A link that opens this session's account in a web-view. Raises SessionWasGiven."""
    if await db.fetchval(_IS_GIVEN, session_id):
        raise SessionWasGiven
    token = await links.make(session_id, Purpose.WEB_VIEW, now)
    return SessionHandOver(url_token=token, expires_in=int(links.LIVES[Purpose.WEB_VIEW].total_seconds()))


async def find_hand_over(token: str, now: datetime) -> int:
    """The account that a link opens; it serves on. Raises LinkSpent."""
    return (await links.find(token, Purpose.WEB_VIEW, now)).account_id


async def drop_hand_over(token: str, now: datetime) -> None:
    """Let a link serve nobody any more, where its account is signed in already. Raises LinkSpent."""
    async with db.transaction():
        await links.spend(token, Purpose.WEB_VIEW, now)


async def take_over(token: str, keys: "TokenKeyring", now: datetime, user_agent: str = "", address: str = "") -> Tokens:
    """Open the session that a link gives. It serves once. Raises LinkSpent."""
    async with db.transaction():
        giver = await links.spend(token, Purpose.WEB_VIEW, now)
        await db.execute(_END_EARLIER, giver.session_id, now)
        if not giver.is_device:
            await events.record(SessionHandedOver(subject_id=giver.account_id, address=address))
        return await sessions.open_given_session(
            giver.account_id, giver.session_id, keys, now, giver.expires_at, user_agent
        )
