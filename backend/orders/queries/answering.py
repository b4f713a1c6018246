"""What the dispatch of a new order must know, in one statement: the item, who answers for it there, and until when.

It is on the path of every report, so it takes in the SQL of the rooms that own the parts.
"""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.scope import prefixes
from backend.items import queries as items
from backend.items.errors import ItemUnknown
from backend.orders.clocks.plan import Terms
from backend.orders.queries import terms

_ITEM = ("code", "name_zh", "name_en", "priority", "reporter_roles", "report_photos_min")
_AREAS, _NOW = "$3::text[]", "$4::timestamptz"

# $1 item, $2 area, $3 its prefixes, $4 now, $5 a unit that answers whatever the rules say
_ANSWER = f"""
    SELECT {", ".join(f"i.{name}" for name in _ITEM)}, answers.unit_id,
           {accounts.first_on_duty("answers.unit_id", _AREAS, _NOW)} AS handler_id,
           {terms.COLUMNS}, {terms.timetable(_AREAS, _NOW)}
    FROM item i {items.rule("$2")} {terms.policy(_AREAS)}
    CROSS JOIN LATERAL (SELECT coalesce($5::bigint, rule.unit_id) AS unit_id) answers
    WHERE i.code = $1 AND i.is_open
"""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An item in an area: the unit that answers for it there, its person on duty, and what the order is held to."""

    code: str
    name_zh: str
    name_en: str
    priority: str
    reporter_roles: list[str]
    report_photos_min: int
    unit_id: int | None
    handler_id: int | None
    terms: Terms


async def get_answer(item_code: str, area_code: str, unit_id: int | None, now: datetime) -> Answer:
    """Who answers for an item in an area from now on; `unit_id` when that is settled already. Raises ItemUnknown."""
    row = await db.fetchrow(_ANSWER, item_code, area_code, prefixes(area_code), now, unit_id)
    if row is None:
        raise ItemUnknown(item_code)
    return Answer(
        **{name: row[name] for name in (*_ITEM, "unit_id", "handler_id")},
        terms=terms.terms_of(row),
    )
