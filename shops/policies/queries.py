"""Reads of policies. `get_received` and `list_received` give somebody those of the own shops; others are for staff."""

from collections.abc import Sequence

import msgspec

from backend import db
from backend.geo.area_sql import within_any
from backend.sql import sql
from shops.policies.errors import PolicyNotFound
from shops.policies.structs import PolicyView, ReceivedPolicy

_VIEW = """
    SELECT p.id, p.area_code, p.title, p.body, p.starts_on, p.ends_on, p.trades, p.grades, p.size_from_m2,
        p.size_until_m2, p.state, p.made_at, p.sent_at, got.*,
        (SELECT count(*) FROM policy_question q WHERE q.policy_id = p.id) AS questions
    FROM policy p CROSS JOIN LATERAL (
        SELECT count(DISTINCT r.account_id) AS people, count(DISTINCT r.shop_id) AS shops,
            count(DISTINCT r.account_id) FILTER (WHERE r.read_at IS NOT NULL) AS read,
            count(DISTINCT r.shop_id) FILTER (WHERE r.applied_at IS NOT NULL) AS applied
        FROM policy_recipient r WHERE r.policy_id = p.id
    ) got
"""
_GET = f"{_VIEW} WHERE p.id = $1"
_LIST = f"{_VIEW} WHERE {{within}} ORDER BY p.id DESC LIMIT 100"
_RECEIVED = """
    SELECT p.id, r.shop_id, shop.name AS shop, p.title, p.body, p.starts_on, p.ends_on, r.sent_at, r.read_at,
        r.applied_at, p.state = 'withdrawn' AS is_withdrawn, EXISTS (SELECT FROM policy_recipient o
            WHERE o.policy_id = r.policy_id AND o.shop_id = r.shop_id AND o.applied_at IS NOT NULL) AS shop_applied
    FROM policy_recipient r JOIN policy p ON p.id = r.policy_id JOIN shop ON shop.id = r.shop_id
"""
ACTS_STILL = """EXISTS (SELECT FROM shop_person h
    WHERE h.shop_id = r.shop_id AND h.account_id = r.account_id AND h.until IS NULL)"""
"""Of a recipient `r`: whoever acts for the shop no more has nothing to do with what was sent to it."""
_ONE = f"{_RECEIVED} WHERE r.policy_id = $1 AND r.shop_id = $2 AND r.account_id = $3 AND {ACTS_STILL}"
_MINE = f"{_RECEIVED} WHERE r.account_id = $1 AND {ACTS_STILL} ORDER BY r.sent_at DESC, r.id DESC LIMIT 100"


async def get_policy(policy_id: int) -> PolicyView:
    """Raises PolicyNotFound."""
    row = await db.fetchrow(_GET, policy_id)
    if row is None:
        raise PolicyNotFound
    return msgspec.convert(dict(row), PolicyView)


async def list_policies(areas: Sequence[str]) -> list[PolicyView]:
    """Those of these areas, the latest first, a hundred at the most."""
    rows = await db.fetch(sql(_LIST, within=within_any("p.area_code", areas, "policy_area")))
    return [msgspec.convert(dict(row), PolicyView) for row in rows]


async def get_received(policy_id: int, shop_id: int, account_id: int) -> ReceivedPolicy:
    """As somebody who acts for a shop has it. Raises PolicyNotFound."""
    row = await db.fetchrow(_ONE, policy_id, shop_id, account_id)
    if row is None:
        raise PolicyNotFound
    return msgspec.convert(dict(row), ReceivedPolicy)


async def list_received(account_id: int) -> list[ReceivedPolicy]:
    """What somebody got for the own shops, the latest first."""
    return [msgspec.convert(dict(row), ReceivedPolicy) for row in await db.fetch(_MINE, account_id)]
