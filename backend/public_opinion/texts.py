"""The texts of orders and records as they are counted: whose they are, where and when, and which words they have.

A reporter is one voice: the account that reported it, or the order itself where a system passed it on, since all that
12345 sends comes from one account; of a record whoever filled it in. What somebody says when called back is the same
reporter's. Of a form of a campaign count the words that somebody wrote, neither what it asks nor what is sealed.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import asyncpg

from backend import db
from backend.calendars.rules import shanghai_date
from backend.consultations.topics import TOPICS
from backend.geo.area_codes import TOWN_CHARS
from backend.public_opinion import vocabulary
from backend.public_opinion.queueing import CAMPAIGN, COUNTS, IS_SAID
from backend.public_opinion.vocabulary import TownVocabulary
from backend.public_opinion.weeks import monday_of
from backend.sql import sql

CONSULTATION, CALL_BACK = "consultation", "call_back"
SOURCES = ("report", "hotline", "police", "open311", "system", CONSULTATION, CAMPAIGN, CALL_BACK)
"""From where texts come, as pages say it."""
WRITTEN = f"""CASE WHEN o.source_kind = '{CAMPAIGN}'
    THEN substr(o.description, strpos(o.description, E'\\n') + 1) ELSE o.description END"""
"""What a person wrote of an order `o`."""
CALLED_BACK = """
    SELECT t.order_id, string_agg(c.opinion, E'\\n' ORDER BY c.id) AS said, max(c.called_at) AS called_at
    FROM hotline_task t JOIN hotline_call_back c ON c.task_id = t.id
    WHERE t.order_id = ANY(:order_ids::bigint[]) AND c.opinion <> '' GROUP BY t.order_id
"""
_REPORTER = "CASE WHEN o.source_kind = 'report' THEN coalesce(o.opened_by_id, -o.id) ELSE -o.id END"
_SOURCE = f"CASE WHEN o.item_id = ANY(:topics::text[]) THEN '{CONSULTATION}' ELSE o.source_kind END"
_OF_ORDERS = f"""
    SELECT o.id AS order_id, NULL::bigint AS record_id, 'order' AS origin, {_SOURCE} AS source, o.area_code,
           {WRITTEN} AS said, o.opened_at AS at, {_REPORTER} AS reporter
    FROM work_order o WHERE o.id = ANY(:order_ids::bigint[]) AND {COUNTS}
    UNION ALL
    SELECT o.id, NULL, 'follow_up', '{CALL_BACK}', o.area_code, f.note, f.called_at, {_REPORTER}
    FROM follow_up f JOIN work_order o ON o.id = f.order_id AND {IS_SAID}
    WHERE f.order_id = ANY(:order_ids::bigint[]) AND f.result IS NOT NULL AND f.note <> '' AND f.called_at IS NOT NULL
    UNION ALL
    SELECT o.id, NULL, 'call_back', '{CALL_BACK}', o.area_code, c.said, c.called_at, {_REPORTER}
    FROM ({CALLED_BACK}) c JOIN work_order o ON o.id = c.order_id AND {IS_SAID}
"""
WRITTEN_IN_RECORD = """(
    SELECT string_agg(said.value #>> '{}', E'\\n' ORDER BY said.field) FROM jsonb_each(r.answers -> 'values')
        AS said (field, value)
    WHERE jsonb_typeof(said.value) = 'string' AND said.value #>> '{}' ~ '[㐀-鿿]{2}'
)"""
"""What somebody wrote into a record `r`: answers in words, none that is chosen among codes."""
_OF_RECORDS = f"""
    SELECT NULL::bigint AS order_id, r.id AS record_id, 'record' AS origin, '{CAMPAIGN}' AS source, r.area_code,
           {WRITTEN_IN_RECORD} AS said, r.received_at AS at, r.filled_by_id AS reporter
    FROM campaign_record r WHERE r.id = ANY(:record_ids::bigint[]) AND length(r.area_code) >= {TOWN_CHARS}
"""


SAID = f"""CASE t.origin WHEN 'order' THEN {WRITTEN}
    WHEN 'follow_up' THEN (SELECT f.note FROM follow_up f WHERE f.order_id = t.order_id)
    WHEN 'call_back' THEN (
        SELECT string_agg(c.opinion, E'\n' ORDER BY c.id) FROM hotline_task h
        JOIN hotline_call_back c ON c.task_id = h.id WHERE h.order_id = t.order_id AND c.opinion <> '')
    ELSE {WRITTEN_IN_RECORD} END"""
"""The words of a counted text `t`, of the order `o` or the record `r`."""


class CountedText(NamedTuple):
    """A text as it counts."""

    order_id: int | None
    record_id: int | None
    origin: str
    source: str
    town_code: str
    area_code: str
    day: date
    week: date
    reporter: int
    word_ids: list[int]


async def read(order_ids: Sequence[int], record_ids: Sequence[int]) -> list[CountedText]:
    """What counts of some orders and records, with the words that their towns have."""
    rows: list[asyncpg.Record] = []
    if order_ids:
        rows += await db.fetch(sql(_OF_ORDERS, order_ids=list(order_ids), topics=list(TOPICS)))
    if record_ids:
        rows += await db.fetch(sql(_OF_RECORDS, record_ids=list(record_ids)))
    known = await vocabulary.read(sorted({row["area_code"][:TOWN_CHARS] for row in rows}))
    return await asyncio.to_thread(_read, rows, known)


def _read(rows: Iterable[asyncpg.Record], known: dict[str, TownVocabulary]) -> list[CountedText]:
    found = []
    for row in rows:
        if not row["said"]:
            continue
        town, day = row["area_code"][:TOWN_CHARS], shanghai_date(row["at"])
        found.append(
            CountedText(
                order_id=row["order_id"],
                record_id=row["record_id"],
                origin=row["origin"],
                source=row["source"] if row["source"] in SOURCES else "system",
                town_code=town,
                area_code=row["area_code"],
                day=day,
                week=monday_of(day),
                reporter=row["reporter"],
                word_ids=known[town].numbers_in(row["said"]),
            )
        )
    return found
