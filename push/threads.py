"""The inbox by what its messages are about: one thread for each order, one for each other thing; latest news first."""

from itertools import groupby

from backend import db
from backend.sql import Sql, sql
from backend.structs import Page, decode_cursor, encode_cursor
from push.queries import COLUMNS, IS_UNREAD, message_view
from push.structs import MessageThread, MessageView

MESSAGES_MOST = 50
"""Of one thread, the latest."""
_LATEST_OF_ALL = Sql("""
    SELECT m.id, m.order_id, m.event_id FROM message m
     WHERE m.account_id = :account_id AND (:before::bigint IS NULL OR m.event_id < :before)
       AND NOT EXISTS (SELECT FROM message later WHERE later.order_id = m.order_id
                          AND later.account_id = m.account_id AND later.event_id > m.event_id)
     ORDER BY m.event_id DESC LIMIT :most
""")
_LATEST_OF_UNREAD = Sql(f"""
    SELECT latest.* FROM (
        SELECT m.order_id, max(m.id) AS id FROM message m WHERE m.account_id = :account_id AND {IS_UNREAD}
         GROUP BY m.order_id, CASE WHEN m.order_id IS NULL THEN m.id END
    ) unread CROSS JOIN LATERAL (
        SELECT m.id, m.order_id, m.event_id FROM message m WHERE m.id = unread.id AND unread.order_id IS NULL
        UNION ALL (
            SELECT m.id, m.order_id, m.event_id FROM message m
             WHERE m.order_id = unread.order_id AND m.account_id = :account_id ORDER BY m.event_id DESC LIMIT 1)
    ) latest
     WHERE :before::bigint IS NULL OR latest.event_id < :before ORDER BY latest.event_id DESC LIMIT :most
""")
_THREADS = f"""
    SELECT thread.event_id AS latest, said.* FROM ({{latest}}) thread CROSS JOIN LATERAL (
        SELECT {COLUMNS} FROM message m WHERE m.id = thread.id AND thread.order_id IS NULL
        UNION ALL (
            SELECT {COLUMNS} FROM message m WHERE m.order_id = thread.order_id AND m.account_id = :account_id
             ORDER BY m.event_id DESC LIMIT {MESSAGES_MOST})
    ) said ORDER BY thread.event_id DESC, said.event_id DESC
"""


async def list_threads(
    account_id: int, *, limit: int, cursor: str | None = None, is_unread: bool = False
) -> Page[MessageThread]:
    """A page of one's own threads, by their latest messages. Raises BadRequest for a foreign cursor.

    `is_unread`: only those with something that was not looked at and is no old news.
    """
    before = decode_cursor(cursor, int)[0] if cursor else None
    latest = _LATEST_OF_UNREAD if is_unread else _LATEST_OF_ALL
    rows = await db.fetch(sql(_THREADS, latest=latest, account_id=account_id, before=before, most=limit + 1))
    by_thread = [list(messages) for _, messages in groupby(rows, lambda row: row["latest"])]
    shown = [_thread([message_view(row) for row in thread]) for thread in by_thread[:limit]]
    is_more = len(by_thread) > limit
    return Page(items=shown, next_cursor=encode_cursor(by_thread[limit - 1][0]["latest"]) if is_more else None)


def _thread(messages: list[MessageView]) -> MessageThread:
    unread = sum(message.is_unread for message in messages)
    return MessageThread(order_id=messages[0].order_id, unread=unread, messages=messages)
