"""Put messages into inboxes, and mark them read."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.errors import NotFound
from push.structs import Notice

_NOTIFY = """
    INSERT INTO message (account_id, event_id, kind, order_id, path, title_zh, title_en, body_zh, body_en)
    SELECT account_id, event_id, kind, order_id, path, title_zh, title_en, body_zh, body_en
    FROM jsonb_to_recordset($1::jsonb) AS notice
        (account_ids bigint[], event_id bigint, kind text, order_id bigint, path text, title_zh text, title_en text,
         body_zh text, body_en text),
        unnest(account_ids) AS account_id
    ORDER BY account_id, event_id
    ON CONFLICT (account_id, event_id) DO NOTHING
"""
_READ = """
    UPDATE message SET read_at = coalesce(read_at, $3) WHERE id = $1 AND account_id = $2
    RETURNING coalesce(nullif(path, ''), '/o/' || order_id) AS leads_to
"""


async def notify(notices: Sequence[Notice]) -> None:
    """Put messages into inboxes, by one statement. A second message about the same fact to the same person is none."""
    rows = [_row(notice) for notice in notices if notice.account_ids]
    if rows:
        async with db.transaction():
            await db.execute(_NOTIFY, msgspec.json.encode(rows).decode())


async def mark_read(message_id: int, account_id: int, now: datetime) -> str:
    """Mark one's own message as read. Returns the page that it leads to. Raises NotFound."""
    async with db.transaction():
        leads_to = await db.fetchval(_READ, message_id, account_id, now)
        if leads_to is None:
            raise NotFound
        return leads_to


def _row(notice: Notice) -> dict[str, object]:
    own = {name: getattr(notice, name) for name in ("event_id", "kind", "order_id", "account_ids")}
    return own | msgspec.structs.asdict(notice.wording)
