"""Reads of the inbox: the latest fact first, in the order in which things happened and not that of the jobs."""

from datetime import datetime, timedelta

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.emergencies.queries import ONGOING, ongoing_of
from backend.structs import Page, decode_cursor, encode_cursor
from push.page_alerts import Unread, ring_of
from push.structs import FrameNews, InboxState, MessageView

COLUMNS = """
    m.id, m.event_id, m.kind, m.order_id, m.path, m.title_zh, m.title_en, m.body_zh, m.body_en, m.created_at, m.read_at,
    m.superseded_at
"""
IS_UNREAD = "m.read_at IS NULL AND m.superseded_at IS NULL"
_LIST = f"""
    SELECT {COLUMNS} FROM message m
    WHERE m.account_id = $1 AND ($2::bigint IS NULL OR m.event_id < $2) ORDER BY m.event_id DESC LIMIT $3
"""
_COUNT = "count(DISTINCT coalesce(m.order_id, -m.id))"
_UNREAD = f"SELECT {_COUNT} FROM message m WHERE m.account_id = $1 AND {IS_UNREAD}"
RINGS_FOR = timedelta(minutes=2)
"""A page that was not open then does not ring for it."""
_FRAME = f"SELECT ({_UNREAD}) AS unread, {ONGOING} AS ongoing"
_NEWS_MOST = 20
_STATE = f"""
    WITH m AS (SELECT * FROM message m WHERE m.account_id = $1 AND {IS_UNREAD}), news AS (
        SELECT m.id, m.kind, m.recipient, m.priority, m.title_zh, m.title_en
        FROM m WHERE m.id > $2 AND m.created_at > $4 ORDER BY m.id DESC LIMIT {_NEWS_MOST}
    )
    SELECT (SELECT {_COUNT} FROM m) AS unread, (SELECT coalesce(jsonb_agg(news), '[]') FROM news) AS news,
           ARRAY(SELECT kind FROM muted_kind WHERE account_id = $1) AS muted,
           coalesce((SELECT out_of_quiet($3, quiet_from, quiet_until) > $3
                     FROM notification_settings WHERE account_id = $1), false) AS is_quiet
"""


async def list_messages(account_id: int, *, limit: int, cursor: str | None = None) -> Page[MessageView]:
    """A page of one's own messages. Raises BadRequest for a foreign cursor."""
    before = decode_cursor(cursor, int)[0] if cursor else None
    rows = await db.fetch(_LIST, account_id, before, limit + 1)
    shown = [message_view(row) for row in rows[:limit]]
    return Page(items=shown, next_cursor=encode_cursor(rows[limit - 1]["event_id"]) if len(rows) > limit else None)


async def get_frame(actor: Actor) -> FrameNews:
    """What every page of somebody with an inbox says above its own: one statement for all of it."""
    row = await db.fetchrow(_FRAME, actor.account_id)
    assert row is not None
    return FrameNews(unread=row["unread"], emergencies=ongoing_of(row["ongoing"], actor))


async def count_unread(account_id: int) -> int:
    """How many orders, and how many other things, there is something unread about."""
    return await db.fetchval(_UNREAD, account_id)


async def get_state(account_id: int, now: datetime, after: int = 0) -> InboxState:
    """What an open page shows in its bar, and what it is to ring for: only messages of a number beyond `after`."""
    row = await db.fetchrow(_STATE, account_id, after, now, now - RINGS_FOR)
    assert row is not None
    news = msgspec.json.decode(row["news"], type=list[Unread])
    ring = ring_of(sorted(news, key=lambda each: -each.id), row["muted"], is_quiet=row["is_quiet"])
    return InboxState(unread=row["unread"], ring=ring)


def message_view(row: asyncpg.Record) -> MessageView:
    return MessageView(**{name: row[name] for name in MessageView.__struct_fields__})
