"""Put messages into inboxes, and mark them read."""

from collections.abc import Iterable
from datetime import datetime

from backend import db
from backend.errors import NotFound
from backend.events.facts import Recorded
from backend.sql import sql
from push.structs import Wording

_TELL = """
    INSERT INTO message (account_id, event_id, kind, order_id, path, title_zh, title_en, body_zh, body_en)
    SELECT person, :event_id, :kind, :order_id, :path, :title_zh, :title_en, :body_zh, :body_en
    FROM unnest(:account_ids::bigint[]) AS person
    ON CONFLICT (account_id, event_id) DO NOTHING
"""
_READ = """
    UPDATE message SET read_at = coalesce(read_at, $3) WHERE id = $1 AND account_id = $2
    RETURNING coalesce(nullif(path, ''), '/o/' || order_id) AS leads_to
"""


async def tell(people: Iterable[int | None], recorded: Recorded, words: Wording) -> None:
    """Tell these people once; a second call for the same fact changes nothing."""
    accounts = sorted({person for person in people if person is not None})
    if not accounts:
        return
    async with db.transaction():
        await db.execute(
            sql(
                _TELL,
                account_ids=accounts,
                event_id=recorded.id,
                kind=recorded.name,
                order_id=None if words.path else recorded.subject_id,
                path=words.path,
                title_zh=words.title_zh,
                title_en=words.title_en,
                body_zh=words.body_zh,
                body_en=words.body_en,
            )
        )


async def mark_read(message_id: int, account_id: int, now: datetime) -> str:
    """Mark one's own message as read. Returns the page that it leads to. Raises NotFound."""
    async with db.transaction():
        leads_to = await db.fetchval(_READ, message_id, account_id, now)
        if leads_to is None:
            raise NotFound
        return leads_to
