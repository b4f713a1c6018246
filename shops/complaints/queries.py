"""Reads of complaints. None but `get_opening` gives what is sealed, and that to the verb that opens it."""

from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from shops.complaints import rules
from shops.complaints.errors import ComplaintNotFound, OpeningNotFound
from shops.complaints.structs import AskedIdentity, Sealed

# Whoever acts for the shop never learns it, whatever else they are.
_NOT_OF_SHOP = """NOT EXISTS (SELECT FROM shop JOIN shop_person h ON h.shop_id = shop.id
    WHERE shop.place_id = o.place_id AND h.account_id = $2 AND h.until IS NULL)"""
_OF_ORDER = f"""
    SELECT c.id, c.pseudonym_id, c.identity IS NULL AS is_erased, o.area_code
    FROM work_order o JOIN shop_complaint c ON c.pseudonym_id = o.opened_by_id WHERE o.id = $1 AND {_NOT_OF_SHOP}
"""
_IS_PSEUDONYM = "SELECT EXISTS (SELECT FROM shop_complaint WHERE pseudonym_id = $1)"
_OPENING = """
    g.id, g.asked_by_id, asker.display_name AS asked_by, g.asked_at, g.reason, g.decided_by_id,
    decider.display_name AS decided_by, g.decided_at, g.readable_until
"""
_PEOPLE = "JOIN account asker ON asker.id = g.asked_by_id LEFT JOIN account decider ON decider.id = g.decided_by_id"
_OPENINGS = f"SELECT {_OPENING} FROM identity_opening g {_PEOPLE} WHERE g.complaint_id = $1 ORDER BY g.id DESC"
_READINGS = """
    SELECT count(*) FROM identity_reading r JOIN identity_opening g ON g.id = r.opening_id WHERE g.complaint_id = $1
"""
_ONE = f"""
    SELECT {_OPENING}, c.identity, c.pseudonym_id, o.id AS order_id, o.area_code
    FROM identity_opening g {_PEOPLE} JOIN shop_complaint c ON c.id = g.complaint_id
    JOIN work_order o ON o.opened_by_id = c.pseudonym_id WHERE g.id = $1 AND {_NOT_OF_SHOP} ORDER BY o.id LIMIT 1
"""


class ComplaintOfOrder(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    pseudonym_id: int
    is_erased: bool
    area_code: str


class OpeningOfComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """`identity`: what is sealed, as it is stored."""

    opening: AskedIdentity
    identity: bytes | None
    pseudonym_id: int
    order_id: int
    area_code: str


async def is_pseudonym(account_id: int) -> bool:
    """Whether a complaint was filed by this account in somebody's place. For what must not be offered to them."""
    return await db.fetchval(_IS_PSEUDONYM, account_id)


async def get_complaint(order_id: int, actor: Actor) -> ComplaintOfOrder:
    """The complaint behind an order, for whoever may open it.

    Raises ComplaintNotFound, also for everybody else: which orders are complaints is not told by asking.
    """
    row = await db.fetchrow(_OF_ORDER, order_id, actor.account_id)
    if row is None or not rules.may_open(actor, row["area_code"]):
        raise ComplaintNotFound
    return msgspec.convert(dict(row), ComplaintOfOrder)


async def find_sealed(order_id: int, actor: Actor) -> Sealed | None:
    """What those see of a sealed identity who may ask for it; None for everybody else, and where there is none."""
    try:
        found = await get_complaint(order_id, actor)
    except ComplaintNotFound:
        return None
    openings = [msgspec.convert(dict(each), AskedIdentity) for each in await db.fetch(_OPENINGS, found.id)]
    readings = await db.fetchval(_READINGS, found.id)
    return Sealed(id=found.id, is_erased=found.is_erased, openings=openings, readings=readings)


async def get_opening(opening_id: int, actor: Actor) -> OpeningOfComplaint:
    """An opening and what is sealed behind it, for whoever may open it. For the verbs of opening alone.

    Raises OpeningNotFound, also for everybody else.
    """
    row = await db.fetchrow(_ONE, opening_id, actor.account_id)
    if row is None or not rules.may_open(actor, row["area_code"]):
        raise OpeningNotFound
    return OpeningOfComplaint(opening=_opening(row), **{name: row[name] for name in _BEHIND})


_BEHIND = ("identity", "pseudonym_id", "order_id", "area_code")


def _opening(row: asyncpg.Record) -> AskedIdentity:
    values: dict[str, Any] = {name: row[name] for name in AskedIdentity.__struct_fields__}
    return msgspec.convert(values, AskedIdentity)
