"""Count words of texts: each once, whatever happens to its order, and only what is still so.

The counts of an area and week are worked out from the texts that were counted there, so that counting again changes
nothing. One at a time counts; whoever comes meanwhile waits.

What was counted of a text goes after `RETAINED_WEEKS`; its week's counts stay, and are counted anew no more.
"""

from collections.abc import Sequence
from datetime import date, datetime

import asyncpg
import msgspec

from backend import db
from backend.calendars.rules import midnight
from backend.public_opinion import texts
from backend.public_opinion.texts import CountedText
from backend.public_opinion.weeks import WEEK, week_at
from backend.sql import Sql, sql

RETAINED_WEEKS = 60
_BATCH = 200
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('public_opinion.count'))"
_TAKE = """
    DELETE FROM opinion_pending WHERE order_id IN (
        SELECT order_id FROM opinion_pending WHERE order_id IS NOT NULL ORDER BY id LIMIT $1
    ) RETURNING order_id
"""
_TAKE_RECORDS = """
    DELETE FROM opinion_pending WHERE record_id IN (
        SELECT record_id FROM opinion_pending WHERE record_id IS NOT NULL ORDER BY id LIMIT $1
    ) RETURNING record_id
"""
_RECENT = "SELECT id FROM work_order WHERE id = ANY($1::bigint[]) AND opened_at >= $2 ORDER BY id"
_PRUNE = "DELETE FROM opinion_text WHERE week < $1"
_COUNTED = """
    SELECT id, order_id, record_id, origin, town_code, area_code, week, word_ids FROM opinion_text
    WHERE order_id = ANY(:order_ids::bigint[]) OR record_id = ANY(:record_ids::bigint[])
"""
_FORGET = "DELETE FROM opinion_text WHERE id = ANY($1::bigint[])"
_ENTER = """
    INSERT INTO opinion_text (order_id, record_id, origin, source, town_code, area_code, day, week, reporter, word_ids)
    SELECT order_id, record_id, origin, source, town_code, area_code, day, week, reporter, word_ids
    FROM jsonb_to_recordset(:texts::jsonb) AS text (order_id bigint, record_id bigint, origin text, source text,
        town_code text, area_code text, day date, week date, reporter bigint, word_ids bigint[])
    ON CONFLICT ON CONSTRAINT {once} DO UPDATE SET source = EXCLUDED.source, town_code = EXCLUDED.town_code,
        area_code = EXCLUDED.area_code, day = EXCLUDED.day, week = EXCLUDED.week, reporter = EXCLUDED.reporter,
        word_ids = EXCLUDED.word_ids
"""
_ONCE_EACH = {False: Sql("opinion_text_once"), True: Sql("opinion_text_record_once")}
"""By whether they are of records."""
# OFFSET 0 has each place read its week by the index, and not the texts of all towns and weeks once for a few places.
_SPOKEN = """
    FROM (SELECT DISTINCT area_code, week FROM cell) place CROSS JOIN LATERAL (
        SELECT coalesce(own.order_id, -own.record_id) AS said_of, own.reporter, own.word_ids
        FROM opinion_text own WHERE own.week = place.week
            AND own.town_code = left(place.area_code, 9) AND place.area_code IN (own.area_code, own.town_code)
        OFFSET 0
    ) t
"""
_COUNT = f"""
    WITH cell AS MATERIALIZED (
        SELECT area_code, week, word_id
        FROM unnest(:areas::text[], :weeks::date[], :words::bigint[]) AS cell (area_code, week, word_id)
    ),
    counted AS MATERIALIZED (
        SELECT area_code, week, word_id, orders, reporters FROM cell JOIN (
            SELECT place.area_code, place.week, word_id, count(DISTINCT t.said_of) AS orders,
                count(DISTINCT t.reporter) AS reporters
            {_SPOKEN} CROSS JOIN LATERAL unnest(t.word_ids) AS said (word_id)
            WHERE word_id = ANY(:words) GROUP BY 1, 2, 3
        ) found USING (area_code, week, word_id)
    ),
    gone AS (
        DELETE FROM opinion_count c USING cell
        WHERE (c.area_code, c.week, c.word_id) = (cell.area_code, cell.week, cell.word_id)
          AND NOT EXISTS (SELECT FROM counted
            WHERE (c.area_code, c.week, c.word_id) = (counted.area_code, counted.week, counted.word_id))
    )
    INSERT INTO opinion_count (area_code, week, word_id, orders, reporters) SELECT * FROM counted
    ON CONFLICT ON CONSTRAINT opinion_count_once DO UPDATE
        SET orders = EXCLUDED.orders, reporters = EXCLUDED.reporters
        WHERE (opinion_count.orders, opinion_count.reporters) <> (EXCLUDED.orders, EXCLUDED.reporters)
"""
_TOTAL = f"""
    WITH cell AS MATERIALIZED (
        SELECT area_code, week FROM unnest(:areas::text[], :weeks::date[]) AS cell (area_code, week)
    ),
    counted AS MATERIALIZED (
        SELECT place.area_code, place.week, count(DISTINCT t.said_of) AS orders,
            count(DISTINCT t.reporter) AS reporters
        {_SPOKEN} GROUP BY 1, 2
    ),
    gone AS (
        DELETE FROM opinion_total c USING cell WHERE (c.area_code, c.week) = (cell.area_code, cell.week)
          AND NOT EXISTS (SELECT FROM counted WHERE (c.area_code, c.week) = (counted.area_code, counted.week))
    )
    INSERT INTO opinion_total (area_code, week, orders, reporters) SELECT * FROM counted
    ON CONFLICT ON CONSTRAINT opinion_total_once DO UPDATE
        SET orders = EXCLUDED.orders, reporters = EXCLUDED.reporters
        WHERE (opinion_total.orders, opinion_total.reporters) <> (EXCLUDED.orders, EXCLUDED.reporters)
"""


async def count_pending(now: datetime) -> int:
    """Count all that waits. Returns how many orders and records."""
    done = 0
    while many := await _count_batch(_first_week(now)):
        done += many
    return done


async def prune(now: datetime) -> None:
    """Remove what was counted of orders whose weeks are counted anew no more."""
    async with db.transaction():
        await db.execute(_ALONE)
        await db.execute(_PRUNE, _first_week(now))


def _first_week(now: datetime) -> date:
    return week_at(now) - WEEK * RETAINED_WEEKS


async def _count_batch(first_week: date) -> int:
    async with db.transaction():
        await db.execute(_ALONE)
        order_ids = sorted({row["order_id"] for row in await db.fetch(_TAKE, _BATCH)})
        record_ids = [] if order_ids else sorted({row["record_id"] for row in await db.fetch(_TAKE_RECORDS, _BATCH)})
        recent = [row["id"] for row in await db.fetch(_RECENT, order_ids, midnight(first_week))] if order_ids else []
        if recent or record_ids:
            await _count(recent, record_ids)
        return len(order_ids) + len(record_ids)


async def _count(order_ids: Sequence[int], record_ids: Sequence[int]) -> None:
    found = await texts.read(order_ids, record_ids)
    before = await db.fetch(sql(_COUNTED, order_ids=list(order_ids), record_ids=list(record_ids)))
    staying = {(text.order_id, text.record_id, text.origin) for text in found}
    gone = [row["id"] for row in before if (row["order_id"], row["record_id"], row["origin"]) not in staying]
    await db.execute(_FORGET, gone)
    for of_records, once in _ONCE_EACH.items():
        if entered := [text for text in found if (text.record_id is not None) == of_records]:
            await db.execute(sql(_ENTER, once=once, texts=_as_json(entered)))
    await _count_cells([*before, *(text._asdict() for text in found)])


async def _count_cells(counted: Sequence[asyncpg.Record | dict]) -> None:
    """Work out anew what these texts are, or were, a part of."""
    places = sorted({(area, text["week"]) for text in counted for area in (text["area_code"], text["town_code"])})
    cells = sorted(
        {
            (area, text["week"], word)
            for text in counted
            for area in (text["area_code"], text["town_code"])
            for word in text["word_ids"]
        }
    )
    if places:
        areas, weeks = zip(*places, strict=True)
        await db.execute(sql(_TOTAL, areas=list(areas), weeks=list(weeks)))
    if cells:
        areas, weeks, words = zip(*cells, strict=True)
        await db.execute(sql(_COUNT, areas=list(areas), weeks=list(weeks), words=list(words)))


def _as_json(entered: Sequence[CountedText]) -> str:
    return msgspec.json.encode([text._asdict() for text in entered]).decode()
