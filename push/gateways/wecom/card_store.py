"""The cards with buttons that members have on their phones: by which code each is changed, and what it is to say."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from backend import db
from backend.jobs import queue
from backend.sql import sql
from push.gateways.wecom import task_ids

UPDATE_JOB = "push.update_wecom_card"
CODE_LIVES = timedelta(hours=72)
_NOTE = """
    INSERT INTO wecom_card (task_id, delivery_id, order_id, event_id, response_code, code_at)
    SELECT w.task_id, d.id, w.order_id, m.event_id, w.response_code, :now
      FROM jsonb_to_recordset(:rows::jsonb) AS w (task_id text, delivery_id bigint, order_id bigint, response_code text)
      JOIN message_delivery d ON d.id = w.delivery_id AND d.channel = 'wecom'
      JOIN message m ON m.id = d.message_id AND m.order_id = w.order_id
    ON CONFLICT (task_id) DO UPDATE SET response_code = excluded.response_code, code_at = excluded.code_at
    RETURNING id
"""
_SAY = """
    UPDATE wecom_card SET words = $2, updated_at = NULL WHERE task_id = $1 RETURNING id
"""
_SAY_OF_ORDERS = """
    UPDATE wecom_card c SET words = coalesce(
        (SELECT w.words_en FROM message_delivery d JOIN notification_settings s ON s.account_id = d.account_id
          WHERE d.id = c.delivery_id AND s.language = 'en'), w.words_zh)
      FROM jsonb_to_recordset($1::jsonb) AS w (order_id bigint, event_id bigint, words_zh text, words_en text)
     WHERE c.order_id = w.order_id AND c.event_id < w.event_id AND c.words = ''
    RETURNING c.id
"""
_FIND = """
    SELECT id, response_code, code_at, words FROM wecom_card WHERE id = $1 AND words <> '' AND updated_at IS NULL
"""
_DONE = "UPDATE wecom_card SET updated_at = $2 WHERE id = $1"


class SentCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card that a member has, with the code by which it can be changed once."""

    task_id: str
    response_code: str


class CardWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the cards about an order say in place of their buttons, after a fact about it, each in its language."""

    order_id: int
    event_id: int
    words_zh: str
    words_en: str


class CardUpdate(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    response_code: str
    code_at: datetime
    words: str


async def note(cards: Sequence[SentCard], now: datetime) -> None:
    """Write down cards that went out, or the newer codes of taps. What is no card of ours is passed over."""
    rows = [
        {"task_id": card.task_id, "response_code": card.response_code, **task._asdict()}
        for card in cards
        if (task := task_ids.read(card.task_id)) and card.response_code
    ]
    if rows:
        await db.execute(sql(_NOTE, rows=msgspec.json.encode(rows).decode(), now=now))


async def say(task_id: str, words: str) -> None:
    """Let this card say so in place of its buttons. Within a transaction."""
    await _enqueue([row["id"] for row in await db.fetch(_SAY, task_id, words)])


async def say_of_orders(said: Sequence[CardWords]) -> None:
    """Let the cards about orders say so that were sent before the fact and say nothing yet. Within a transaction."""
    rows = await db.fetch(_SAY_OF_ORDERS, msgspec.json.encode(said).decode())
    await _enqueue([row["id"] for row in rows])


async def find_update(card_id: int) -> CardUpdate | None:
    """What a card is to say; None where it says so already, or is gone."""
    row = await db.fetchrow(_FIND, card_id)
    return CardUpdate(**row) if row else None


async def settle(card_id: int, now: datetime) -> None:
    """It says so, or never will."""
    await db.execute(_DONE, card_id, now)


async def _enqueue(card_ids: Sequence[int]) -> None:
    if card_ids:
        await queue.enqueue_many(UPDATE_JOB, list(card_ids))
