"""抢单窗口: how long an order is offered and how many people it needs, as SQL for the report's path and as a read.

What the nearest area says of the narrowest item counts; where nobody says anything, P0 and P1 have three minutes, all
others ten, and one person is enough.
"""

from datetime import timedelta

import asyncpg
import msgspec

from backend import db
from backend.accounts.scope import prefixes
from backend.duty import sql as duty
from backend.orders.model import rules
from backend.structs import Read

URGENT_MIN, OTHERWISE_MIN = 3, 10
NEVER_BY_ITSELF = "P0"
_POLICY = """
    SELECT jsonb_build_object('window_min', f_.window_min, 'people_needed', f_.people_needed)
    FROM offer_policy f_ WHERE f_.area_code = ANY({areas}) AND {item} LIKE f_.item_prefix || '%'
      AND (f_.priorities = '{{}}' OR {priority} = ANY(f_.priorities))
    ORDER BY length(f_.area_code) DESC, length(f_.item_prefix) DESC, f_.priorities = '{{}}', f_.id LIMIT 1
"""


class OfferTerms(Read, frozen=True, kw_only=True):
    window_min: int
    people_needed: int = 1

    @property
    def window(self) -> timedelta:
        return timedelta(minutes=self.window_min)


class _Said(msgspec.Struct, frozen=True):
    window_min: int | None = None
    people_needed: int = 1


def offer(areas: str, at: str) -> str:
    """Column `offer` about `item i`: null where an order goes to a unit at once, else JSON of what a policy says.

    An item to grab is offered while somebody is on call there; what is P0 waits for nobody.
    """
    policy = _POLICY.format(areas=areas, item="i.code", priority="i.priority")
    return f"""CASE WHEN i.dispatch_mode = 'grab' AND i.priority <> '{NEVER_BY_ITSELF}'
        AND {duty.is_anybody_on_call(areas, at)} THEN coalesce(({policy}), '{{}}'::jsonb)::text END AS offer"""


def offer_of(row: asyncpg.Record) -> OfferTerms | None:
    """From the columns `offer` and `priority` of a statement that took in `offer`."""
    return _terms(row["offer"], row["priority"]) if row["offer"] is not None else None


_READ = f"SELECT ({_POLICY.format(areas='$1::text[]', item='$2::text', priority='$3::text')})::text"


async def get_offer_terms(item_code: str, area_code: str, priority: str) -> OfferTerms:
    """How long an order of this kind is offered there, and to how many people."""
    return _terms(await db.fetchval(_READ, prefixes(area_code), item_code, priority) or "{}", priority)


def _terms(stored: str, priority: str) -> OfferTerms:
    said = msgspec.json.decode(stored, type=_Said)
    usual = URGENT_MIN if rules.is_urgent(priority) else OTHERWISE_MIN
    return OfferTerms(window_min=said.window_min or usual, people_needed=said.people_needed)
