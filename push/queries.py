"""Reads of the inbox: the latest fact first, in the order in which things happened and not that of the jobs."""

import asyncpg

from backend import db
from backend.structs import Page, decode_cursor, encode_cursor
from push.structs import MessageView

_COLUMNS = "id, event_id, kind, order_id, path, title_zh, title_en, body_zh, body_en, created_at, read_at"
_LIST = f"""
    SELECT {_COLUMNS} FROM message
    WHERE account_id = $1 AND ($2::bigint IS NULL OR event_id < $2) ORDER BY event_id DESC LIMIT $3
"""
_UNREAD = "SELECT count(*) FROM message WHERE account_id = $1 AND read_at IS NULL"


async def list_messages(account_id: int, *, limit: int, cursor: str | None = None) -> Page[MessageView]:
    """A page of one's own messages. Raises BadRequest for a foreign cursor."""
    before = decode_cursor(cursor, int)[0] if cursor else None
    rows = await db.fetch(_LIST, account_id, before, limit + 1)
    shown = [_view(row) for row in rows[:limit]]
    return Page(items=shown, next_cursor=encode_cursor(rows[limit - 1]["event_id"]) if len(rows) > limit else None)


async def count_unread(account_id: int) -> int:
    return await db.fetchval(_UNREAD, account_id)


def _view(row: asyncpg.Record) -> MessageView:
    return MessageView(**{name: value for name, value in row.items() if name != "event_id"})
