"""Who gets an order: the trunk's side of duty. It says what somebody holds already, and when the clock begins."""

from datetime import datetime
from typing import Protocol

from msgspec.structs import replace

from backend import db
from backend.duty import queries as duty
from backend.duty import rules
from backend.duty.structs import Assignment, Post
from backend.geo.lonlat import LonLat
from backend.items import queries as items
from backend.orders.deadlines import plan
from backend.orders.deadlines import terms as held_to
from backend.orders.deadlines.plan import Terms
from backend.orders.model.states import UNDER_WAY, State, quoted

_HELD = quoted((State.DISPATCHED, *UNDER_WAY))
_HAD = """
    SELECT DISTINCT (detail ->> 'from_unit')::bigint AS unit_id FROM order_step
    WHERE order_id = $1 AND detail ->> 'from_unit' IS NOT NULL
"""


class AssignableOrder(Protocol):
    """What of an order decides who gets it."""

    @property
    def id(self) -> int: ...
    @property
    def item_code(self) -> str: ...
    @property
    def area_code(self) -> str: ...
    @property
    def grid_code(self) -> str: ...
    @property
    def lng(self) -> float: ...
    @property
    def lat(self) -> float: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def parent_id(self) -> int | None: ...


def load(account: str) -> str:
    """SQL that counts the orders which somebody still has to do, up to where the ranking stops counting."""
    return f"""(SELECT count(*) FROM (
        SELECT FROM work_order WHERE handler_id = {account} AND state IN ({_HELD})
        LIMIT {rules.LOAD_SEEN}) held)"""


async def choose(unit_id: int, post: Post, now: datetime, *, is_unit_given: bool = False) -> Assignment:
    """Who of a unit gets an order there now; the centre when nobody could. `is_unit_given`: somebody chose it."""
    standing = await duty.get_standing(unit_id, post, now, load)
    found = rules.choose(standing, post, now)
    if found is not None:
        return found
    terms = await held_to.get_terms(post.item_code, post.area_code, now)
    return await choose_fallback(unit_id, post, terms, now, is_unit_given=is_unit_given)


async def choose_fallback(
    unit_id: int, post: Post, terms: Terms, now: datetime, *, is_unit_given: bool = False
) -> Assignment:
    """Nobody is named and nobody on duty now: who begins with the order's clock, the pool, or the centre."""
    reserve = await duty.get_reserve(unit_id, post, begins_at(terms, now), now, load)
    return rules.fall_back(unit_id, reserve, post, now, is_unit_given=is_unit_given)


async def choose_next(order: AssignableOrder, now: datetime) -> Assignment:
    """The next unit of the rules that has not had the order and where somebody could take it; else the centre.

    A sub-order was asked of one unit: no rule knows another.
    """
    if order.parent_id is not None:
        return rules.CENTRE
    had = {order.unit_id, *(row["unit_id"] for row in await db.fetch(_HAD, order.id))}
    for rule in await items.list_rules(order.item_code, order.area_code):
        if rule.unit_id not in had:
            had.add(rule.unit_id)
            found = await choose(rule.unit_id, post_of(order), now)
            if found.is_owned:
                return replace(found, rule_id=rule.id)
    return rules.CENTRE


async def choose_instead(order: AssignableOrder, now: datetime) -> Assignment:
    """Who gets an order whose holder or pool is gone: the unit that has it, its pool even off duty; else the next."""
    if order.unit_id is not None:
        found = await choose(order.unit_id, post_of(order), now, is_unit_given=True)
        if found.is_owned:
            return found
    return await choose_next(order, now)


async def choose_again(order: AssignableOrder, now: datetime) -> Assignment:
    """Who gets an order that begins anew: somebody of the unit that had it, else of the one that the rules name."""
    if order.unit_id is not None:
        return await choose(order.unit_id, post_of(order), now)
    for rule in (await items.list_rules(order.item_code, order.area_code))[:1]:
        return replace(await choose(rule.unit_id, post_of(order), now), rule_id=rule.id)
    return rules.CENTRE


def post_of(order: AssignableOrder) -> Post:
    return Post(
        item_code=order.item_code,
        area_code=order.area_code,
        grid_code=order.grid_code,
        point=LonLat(order.lng, order.lat),
    )


def begins_at(terms: Terms, now: datetime) -> datetime:
    """The instant from which the order's clock counts: now, or when work begins again."""
    return plan.begins_at(terms, now)
