"""The texts behind a word or a matter, as far as the reader may see them: an order's by whoever reads it in full.

Of the text itself an excerpt is told, without names, phones and numbers; the order has all of it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import asyncpg
import msgspec

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.geo.area_sql import within, within_any
from backend.orders.model.visibility import staff_of
from backend.public_opinion.errors import MatterMissing
from backend.public_opinion.texts import SAID
from backend.public_opinion.weeks import WEEK, monday_of
from backend.public_opinion.words import excerpts
from backend.sql import sql
from backend.structs import Page, Read, encode_cursor, id_before

_LIST = f"""
    SELECT t.id AS text_id, t.source, t.day, {SAID} AS said, o.id, o.number, o.state, o.opened_at,
           coalesce(i.name_zh, '') AS item_zh, coalesce(i.name_en, '') AS item_en, r.campaign_id,
           coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number, '') AS place
    FROM opinion_text t LEFT JOIN work_order o ON o.id = t.order_id LEFT JOIN item i ON i.code = o.item_id
    LEFT JOIN place p ON p.id = o.place_id LEFT JOIN campaign_record r ON r.id = t.record_id
    WHERE t.word_ids && :word_ids::bigint[] AND {within("t.area_code", ":area::text")}
      AND t.day BETWEEN :first AND :last AND t.id < :before
      AND (t.order_id IS NOT NULL AND {{staff}} OR t.record_id IS NOT NULL AND {{of_desk}})
    ORDER BY t.id DESC LIMIT :most
"""
_WORD = "SELECT word FROM opinion_word WHERE id = $1 AND town_code = $2 AND NOT is_dropped"
_IN_TOWNS = f"""
    SELECT id FROM opinion_word WHERE word = :word AND {within("town_code", ":area::text")} AND NOT is_dropped
    ORDER BY id
"""
_MATTER = """
    SELECT m.area_code, m.first_on, m.last_on, m.days, m.word_ids, array(
        SELECT w.word FROM unnest(m.word_ids) WITH ORDINALITY AS part (id, at)
        JOIN opinion_word w ON w.id = part.id AND NOT w.is_dropped ORDER BY at) AS words
    FROM emerging_matter m WHERE m.id = $1
"""


class OpinionCase(Read, frozen=True, kw_only=True):
    """A text that says a word: of an order, or of a record of a campaign (`campaign_id`) that has none.

    `excerpt`: what stands about the word, without names, phones and numbers of papers.
    """

    text_id: int
    source: str
    day: date
    excerpt: str
    id: int | None
    number: str
    state: str
    opened_at: datetime | None
    item_zh: str
    item_en: str
    place: str
    campaign_id: int | None


class CaseQuestion(NamedTuple):
    """Which texts: those of an area that say one of these words, on these days."""

    area_code: str
    word_ids: list[int]
    first: date
    last: date
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        return "、".join(self.words)


async def ask_by_word(area_code: str, word_id: int, week: date) -> CaseQuestion:
    """Of a word in a week. Raises MatterMissing where the area's town has no such word."""
    word = await db.fetchval(_WORD, word_id, area_code[:9])
    if word is None:
        raise MatterMissing
    monday = monday_of(week)
    return CaseQuestion(area_code, [word_id], monday, monday + WEEK - WEEK / 7, (word,))


async def ask_in_district(area_code: str, word: str, week: date) -> CaseQuestion:
    """Of what the towns of a district said in a week. Raises MatterMissing where none of them has such a word."""
    word_ids = [row["id"] for row in await db.fetch(sql(_IN_TOWNS, word=word, area=area_code))]
    if not word_ids:
        raise MatterMissing
    monday = monday_of(week)
    return CaseQuestion(area_code, word_ids, monday, monday + WEEK - WEEK / 7, (word,))


async def ask_by_matter(matter_id: int) -> CaseQuestion:
    """Of a matter, from its days before it was first seen. Raises MatterMissing."""
    row = await db.fetchrow(_MATTER, matter_id)
    if row is None:
        raise MatterMissing
    first = row["first_on"] - timedelta(days=row["days"] - 1)
    return CaseQuestion(row["area_code"], list(row["word_ids"]), first, row["last_on"], tuple(row["words"]))


async def list_cases(
    question: CaseQuestion, actor: Actor, *, limit: int, cursor: str | None = None
) -> Page[OpinionCase]:
    """A page of the texts, the latest first. Raises BadRequest for a foreign cursor."""
    of_desk = within_any("r.area_code", areas_of(actor, Permission.READ_DESK), "desk")
    values = {"area": question.area_code, "word_ids": question.word_ids, "first": question.first, "last": question.last}
    found = sql(_LIST, **values, staff=staff_of(actor), of_desk=of_desk, before=id_before(cursor), most=limit + 1)
    rows = await db.fetch(found)
    shown = [_case(row, question.words) for row in rows[:limit]]
    return Page(items=shown, next_cursor=encode_cursor(shown[-1].text_id) if len(rows) > limit else None)


def _case(row: asyncpg.Record, words: Sequence[str]) -> OpinionCase:
    fields = dict(row) | {"number": row["number"] or "", "state": row["state"] or ""}
    said = fields.pop("said") or ""
    return msgspec.convert(fields | {"excerpt": excerpts.around(said, words)}, OpinionCase)
