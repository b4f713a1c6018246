"""The orders behind a word or a matter, as far as the reader may see them. No words of theirs are told here."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.visibility import staff_of
from backend.public_opinion.errors import MatterMissing
from backend.public_opinion.weeks import WEEK, monday_of
from backend.sql import sql
from backend.structs import Page, Read, encode_cursor, id_before

_LIST = """
    SELECT o.id, o.number, o.state, o.opened_at, i.name_zh AS item_zh, i.name_en AS item_en,
           coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number, '') AS place
    FROM opinion_text t JOIN work_order o ON o.id = t.order_id JOIN item i ON i.code = o.item_id
    LEFT JOIN place p ON p.id = o.place_id
    WHERE t.word_ids && :word_ids::bigint[] AND t.town_code = left(:area, 9) AND :area IN (t.area_code, t.town_code)
      AND t.day BETWEEN :first AND :last AND o.id < :before AND {staff}
    ORDER BY o.id DESC LIMIT :most
"""
_WORD = "SELECT word FROM opinion_word WHERE id = $1 AND town_code = $2 AND NOT is_dropped"
_MATTER = """
    SELECT m.area_code, m.first_on, m.last_on, m.word_ids, array(
        SELECT w.word FROM unnest(m.word_ids) WITH ORDINALITY AS part (id, at)
        JOIN opinion_word w ON w.id = part.id AND NOT w.is_dropped ORDER BY at) AS words
    FROM emerging_matter m WHERE m.id = $1
"""


class OpinionCase(Read, frozen=True, kw_only=True):
    """An order that says a word."""

    id: int
    number: str
    state: str
    opened_at: datetime
    item_zh: str
    item_en: str
    place: str


class CaseQuestion(NamedTuple):
    """Which orders: those of an area that say one of these words, on these days. `title`: the words, for people."""

    area_code: str
    word_ids: list[int]
    first: date
    last: date
    title: str


async def ask_by_word(area_code: str, word_id: int, week: date) -> CaseQuestion:
    """Of a word in a week. Raises MatterMissing where the area's town has no such word."""
    word = await db.fetchval(_WORD, word_id, area_code[:9])
    if word is None:
        raise MatterMissing
    monday = monday_of(week)
    return CaseQuestion(area_code, [word_id], monday, monday + WEEK - WEEK / 7, word)


async def ask_by_matter(matter_id: int) -> CaseQuestion:
    """Of a matter, from the week before it was first seen. Raises MatterMissing."""
    row = await db.fetchrow(_MATTER, matter_id)
    if row is None:
        raise MatterMissing
    words: Sequence[str] = row["words"]
    first = row["first_on"] - WEEK + WEEK / 7
    return CaseQuestion(row["area_code"], list(row["word_ids"]), first, row["last_on"], "、".join(words))


async def list_cases(
    question: CaseQuestion, actor: Actor, *, limit: int, cursor: str | None = None
) -> Page[OpinionCase]:
    """A page of the orders, the latest first. Raises BadRequest for a foreign cursor."""
    rows = await db.fetch(
        sql(
            _LIST,
            staff=staff_of(actor),
            area=question.area_code,
            word_ids=question.word_ids,
            first=question.first,
            last=question.last,
            before=id_before(cursor),
            most=limit + 1,
        )
    )
    shown = [msgspec.convert(dict(row), OpinionCase) for row in rows[:limit]]
    return Page(items=shown, next_cursor=encode_cursor(shown[-1].id) if len(rows) > limit else None)
