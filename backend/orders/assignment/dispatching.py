"""What the dispatch of a new order must know, in one statement: the item, who could take it there, and until when.

It is on the path of every report, so it takes in the SQL of the rooms that own the parts. Only where nobody is named
and nobody on duty a second statement asks for the unit as a whole.
"""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from backend import db
from backend.accounts.scope import prefixes
from backend.duty import queries as duty
from backend.duty import rules, sql
from backend.duty.structs import Assignment, Post
from backend.items import queries as items
from backend.items.errors import ItemUnknown
from backend.orders.assignment import choosing
from backend.orders.deadlines import terms
from backend.orders.deadlines.plan import Terms
from backend.sql import Sql

_ITEM = ("code", "name_zh", "name_en", "priority", "reporter_roles", "report_photos_min")
_AREAS, _NOW, _GRID = ":areas::text[]", ":now::timestamptz", ":grid_code::text"

# `told_unit_id`: a unit that answers whatever the rules say
_ANSWER = f"""
    SELECT {", ".join(f"i.{name}" for name in _ITEM)}, answers.unit_id, answers.rule_id,
           {sql.named("answers.unit_id", "i.code", _AREAS, _GRID)}::text AS named,
           {sql.on_duty("answers.unit_id", _AREAS, _GRID, _NOW, choosing.load)}::text AS on_duty,
           {terms.COLUMNS}, {terms.timetable(_AREAS, _NOW)}
    FROM item i {items.rule(":area_code")} {terms.policy(_AREAS)}
    CROSS JOIN LATERAL (SELECT coalesce(:told_unit_id::bigint, rule.unit_id) AS unit_id,
                               CASE WHEN :told_unit_id::bigint IS NULL THEN rule.id END AS rule_id) answers
    WHERE i.code = :item_code AND i.is_open
"""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An item in an area: who gets an order about it there, and what the order is held to."""

    code: str
    name_zh: str
    name_en: str
    priority: str
    reporter_roles: list[str]
    report_photos_min: int
    choice: Assignment
    terms: Terms


async def get_answer(post: Post, unit_id: int | None, now: datetime) -> Answer:
    """Who answers at a post from now on; `unit_id` when the unit is settled already. Raises ItemUnknown."""
    areas = prefixes(post.area_code)
    asked = {"item_code": post.item_code, "area_code": post.area_code, "areas": areas, "grid_code": post.grid_code}
    row = await db.fetchrow(Sql(_ANSWER, {**asked, "now": now, "told_unit_id": unit_id}))
    if row is None:
        raise ItemUnknown(post.item_code)
    held_to = terms.terms_of(row)
    choice = rules.CENTRE
    if row["unit_id"] is not None:
        choice = rules.choose(duty.standing_of(row, row["unit_id"]), post, now)
        is_told = unit_id is not None
        choice = choice or await choosing.choose_fallback(row["unit_id"], post, held_to, now, is_told=is_told)
    return Answer(
        **{name: row[name] for name in _ITEM},
        choice=replace(choice, rule_id=row["rule_id"]),
        terms=held_to,
    )
