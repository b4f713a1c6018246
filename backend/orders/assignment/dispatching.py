"""What the dispatch of a new order must know, in one statement: the item, who could take it there, and until when.

It is on the path of every report, so it takes in the SQL of the packages that own the parts. Only where nobody is named
and nobody on duty a second statement asks for the unit as a whole.
"""

from datetime import datetime

import asyncpg
import msgspec
from msgspec.structs import replace

from backend import db
from backend.accounts.scope import prefixes_sql
from backend.duty import queries as duty
from backend.duty import rules, sql
from backend.duty.structs import Assignment, Post, Strength
from backend.items import queries as items
from backend.items.errors import ItemUnknown
from backend.orders.assignment import choosing
from backend.orders.deadlines import offer_terms, terms
from backend.orders.deadlines.escalation.reads import LEAST_PERCENT
from backend.orders.deadlines.offer_terms import OfferTerms
from backend.orders.deadlines.plan import Terms
from backend.sql import Sql
from backend.sql import sql as compose

_ITEM = ("name_zh", "name_en", "priority", "reporter_roles", "report_photos_min")
_AREAS, _NOW, _GRID = "post.areas", ":now::timestamptz", "post.grid_code"
_NEXT = """
    SELECT id AS order_id,
           'YM' || to_char(:drawn_at::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-'
               || lpad(id::text, greatest(6, length(id::text)), '0') AS number
    FROM (SELECT nextval('work_order_id_seq') AS id) next
"""
_NO_NUMBER = Sql("SELECT NULL::bigint AS order_id, NULL::text AS number")
_GIVEN = "SELECT :area_code::text AS area_code, :grid_code::text AS grid_code"

# `given_unit_id`: a unit that answers whatever the rules say. The site stands behind a wall, so that the plan does not
# depend on it and is made once for a connection.
_ANSWER = f"""
    WITH site AS MATERIALIZED ({{site}}),
    drawn AS MATERIALIZED ({{drawn}}),
    post AS MATERIALIZED (
        SELECT area_code, coalesce(grid_code, '') AS grid_code, {prefixes_sql("area_code")} AS areas FROM site
    )
    SELECT site.*, drawn.*, i.code AS item_code, {", ".join(f"i.{name}" for name in _ITEM)},
           answers.unit_id, answers.rule_id,
           {sql.named("answers.unit_id", "i.code", _AREAS, _GRID)}::text AS named,
           {sql.on_duty("answers.unit_id", _AREAS, _GRID, _NOW, choosing.load)}::text AS on_duty,
           {terms.COLUMNS}, {terms.timetable(_AREAS, _NOW)}, {offer_terms.offer(_AREAS, _NOW)},
           {LEAST_PERCENT} AS least_percent
    FROM site CROSS JOIN drawn CROSS JOIN post LEFT JOIN item i ON i.code = :item_code AND i.is_open
    {items.rule("post.area_code")} {terms.policy(_AREAS)}
    CROSS JOIN LATERAL (SELECT coalesce(:given_unit_id::bigint, rule.unit_id) AS unit_id,
                               CASE WHEN :given_unit_id::bigint IS NULL THEN rule.id END AS rule_id) answers
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
    offer: OfferTerms | None = None
    """To whoever is on call it is offered first; None: it goes to the unit at once."""
    least_percent: int | None
    """Of a limit, at which the first level of any escalation is reached; None without levels."""


async def get_answer(post: Post, unit_id: int | None, now: datetime) -> Answer:
    """Who answers at a post from now on; `unit_id` when the unit is settled already. Raises ItemUnknown."""
    row = await _ask(given(post), post.item_code, now, unit_id, _NO_NUMBER)
    assert row is not None
    return await answer_of(row, post, unit_id, now)


def given(post: Post) -> Sql:
    """A site that is known already."""
    return given_at(post.area_code, post.grid_code)


def given_at(area_code: str, grid_code: str) -> Sql:
    """The same, by its codes."""
    return Sql(_GIVEN, {"area_code": area_code, "grid_code": grid_code})


async def ask(
    site: Sql, item_code: str, now: datetime, *, unit_id: int | None = None, begins_at: datetime | None = None
) -> asyncpg.Record | None:
    """Find a site and all that `orders.open` must know of it, in one statement. None where there is no such site.

    `site` selects one row, with `area_code` and `grid_code` among its columns; the row has all of them. It also has
    `order_id` and `number` of the order that is to be opened: drawn for it, and left out where it is not opened.
    `begins_at`: an order for later is for whoever is on duty then.
    """
    return await _ask(site, item_code, begins_at or now, unit_id, Sql(_NEXT, {"drawn_at": now}))


async def _ask(site: Sql, item_code: str, now: datetime, unit_id: int | None, drawn: Sql) -> asyncpg.Record | None:
    statement = compose(_ANSWER, site=site, drawn=drawn, item_code=item_code, now=now, given_unit_id=unit_id)
    return await db.fetchrow(statement)


async def answer_of(
    row: asyncpg.Record, post: Post, unit_id: int | None, now: datetime, *, is_for_later: bool = False
) -> Answer:
    """Who answers at a post, by the row of `ask` about it. Raises ItemUnknown.

    What was asked of one unit is offered to nobody else, and what is for later to nobody who is on call now.
    """
    if row["item_code"] is None:
        raise ItemUnknown(post.item_code)
    held_to = terms.terms_of(row)
    choice = rules.CENTRE
    offer = None if unit_id is not None or is_for_later else offer_terms.offer_of(row)
    if offer is not None:
        choice = Assignment(strength=Strength.OFFERED, unit_id=row["unit_id"])
    elif row["unit_id"] is not None:
        choice = rules.choose(duty.standing_of(row, row["unit_id"]), post, now)
        is_unit_given = unit_id is not None
        choice = choice or await choosing.choose_fallback(
            row["unit_id"], post, held_to, now, is_unit_given=is_unit_given
        )
    return Answer(
        code=row["item_code"],
        **{name: row[name] for name in _ITEM},
        choice=replace(choice, rule_id=row["rule_id"]),
        terms=held_to,
        offer=offer,
        least_percent=row["least_percent"],
    )
