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
from backend.batching import Batches
from backend.duty import queries as duty
from backend.duty import rules, sql
from backend.duty.structs import Assignment, Post, Strength
from backend.items import queries as items
from backend.items.errors import ItemUnknown
from backend.orders.assignment import choosing
from backend.orders.deadlines import offer_terms, terms
from backend.orders.deadlines.escalation.reads import LEAST_PERCENT
from backend.orders.deadlines.offer_terms import OfferTerms
from backend.orders.deadlines.paces import raised
from backend.orders.deadlines.plan import Terms
from backend.sql import Sql
from backend.sql import sql as compose

_ITEM = ("name_zh", "name_en", "priority", "reporter_roles", "report_photos_min")
_AREAS, _AT, _GRID = "post.areas", "post.begins_at", "post.cell"
_NUMBER = """
    'YM' || to_char(drawn_at AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-'
        || lpad(order_id::text, greatest(6, length(order_id::text)), '0') AS number
"""
_GIVEN = "SELECT :area_code::text AS area_code, :grid_code::text AS grid_code"
_ONE_SITE = """
    SELECT :item_code::text AS given_item, :now::timestamptz AS drawn_at, :begins_at::timestamptz AS begins_at,
           CASE WHEN :is_drawn::bool THEN nextval('work_order_id_seq') END AS order_id, one.* FROM ({site}) one
"""
# Each site is looked up by itself: how many there are is nothing that the plan should depend on.
_SITES = """
    SELECT given.item_code AS given_item, given.now AS drawn_at, given.now AS begins_at,
           nextval('work_order_id_seq') AS order_id, given.nr, one.*
      FROM jsonb_to_recordset(:given::jsonb) AS given (nr int, key text, item_code text, now timestamptz)
           CROSS JOIN LATERAL ({site} LIMIT 1) one
"""

# `given_unit_id`: a unit that answers whatever the rules say. The sites stand behind a wall, so that the plan does not
# depend on them and is made once for a connection.
_ANSWER = f"""
    WITH post AS MATERIALIZED (
        SELECT site.*, coalesce(grid_code, '') AS cell, {prefixes_sql("area_code")} AS areas FROM ({{sites}}) site
    )
    SELECT post.*, {_NUMBER}, i.code AS item_code, {", ".join(f"i.{name}" for name in _ITEM)},
           answers.unit_id, answers.rule_id,
           {sql.named("answers.unit_id", "i.code", _AREAS, _GRID, _AT)}::text AS named,
           {sql.on_duty("answers.unit_id", _AREAS, _GRID, _AT, choosing.load)}::text AS on_duty,
           {terms.COLUMNS}, {terms.timetable(_AREAS, _AT)}, {offer_terms.offer(_AREAS, _AT)},
           {LEAST_PERCENT} AS least_percent
    FROM post LEFT JOIN LATERAL (SELECT * FROM item WHERE code = post.given_item AND is_open LIMIT 1) i ON true
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
    raised_from: str | None = None
    """Of the item, where an emergency makes it more urgent."""
    reporter_roles: list[str]
    report_photos_min: int
    choice: Assignment
    terms: Terms
    offer: OfferTerms | None = None
    """To whoever is on call it is offered first; None: it goes to the unit at once."""
    least_percent: int | None
    """Of a limit, at which the first level of any escalation is reached; None without levels."""


class _Question(msgspec.Struct, frozen=True):
    """What happened at a site, named by its key, and when."""

    nr: int
    key: str
    item_code: str
    now: datetime


class SiteQuestions:
    """`ask` about sites of one kind, each named by a key: those that are asked about at once go in one statement.

    `site`: SQL of one row, with `area_code` and `grid_code` among its columns, of the key `given.key`, a text.
    """

    def __init__(self, site: str) -> None:
        self._statement = Sql(compose(_ANSWER, sites=compose(_SITES, site=Sql(site))).text)
        self._batches = Batches(self._answer)

    async def ask(self, key: str, item_code: str, now: datetime) -> asyncpg.Record | None:
        """The row of `dispatching.ask` about one of them. None where there is no such site."""
        return await self._batches.send((key, item_code, now))

    async def _answer(self, sent: list[tuple[str, str, datetime]]) -> list[asyncpg.Record | None]:
        given = msgspec.json.encode([_Question(nr, *each) for nr, each in enumerate(sent)]).decode()
        rows = await db.fetch(compose(self._statement.text, given=given, given_unit_id=None))
        found = {row["nr"]: row for row in rows}
        return [found.get(nr) for nr in range(len(sent))]


async def get_answer(post: Post, unit_id: int | None, now: datetime) -> Answer:
    """Who answers at a post from now on; `unit_id` when the unit is settled already. Raises ItemUnknown."""
    row = await _ask(given(post), post.item_code, now, now, unit_id, is_drawn=False)
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
    return await _ask(site, item_code, now, begins_at or now, unit_id, is_drawn=True)


async def _ask(
    site: Sql, item_code: str, now: datetime, begins_at: datetime, unit_id: int | None, *, is_drawn: bool
) -> asyncpg.Record | None:
    sites = compose(_ONE_SITE, site=site, item_code=item_code, now=now, begins_at=begins_at, is_drawn=is_drawn)
    return await db.fetchrow(compose(_ANSWER, sites=sites, given_unit_id=unit_id))


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
    priority = raised(held_to.timetable.stretches, held_to.item_code, row["priority"], now)
    is_given = unit_id is not None or is_for_later or priority == offer_terms.NEVER_BY_ITSELF
    offer = None if is_given else offer_terms.offer_of(row)
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
        **{name: row[name] for name in _ITEM if name != "priority"},
        priority=priority,
        raised_from=row["priority"] if priority != row["priority"] else None,
        choice=replace(choice, rule_id=row["rule_id"]),
        terms=held_to,
        offer=offer,
        least_percent=row["least_percent"],
    )
