"""Take from several quotas in one statement. The generic cell rate algorithm: one instant a key, no windows.

Keys are taken in order, so that two askers never wait for each other; call it outside a transaction, so that a key that
many share is held for the moment of one statement.
"""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.quotas.errors import QuotaUsedUp
from backend.quotas.rules import Quota
from backend.quotas.tables import KEY_CHARS


class QuotaCharge(NamedTuple):
    name: str
    by: str
    """What is counted by: an account, an address, a door."""
    quota: Quota
    cost: float = 1.0


async def take(charges: Sequence[QuotaCharge], now: datetime) -> None:
    """Take from all. Raises QuotaUsedUp with the seconds to wait when one of them has too little left."""
    refused = await db.fetchrow(_TAKE, *_columns(charges), now) if charges else None
    if refused is not None:
        raise QuotaUsedUp(quota=refused["key"].partition(":")[0], retry_after_s=max(1, math.ceil(refused["wait_s"])))


async def give_back(charges: Sequence[QuotaCharge]) -> None:
    """Undo a take: what was asked for turned out to be there already."""
    keys, costs, _ = _columns(charges)
    await db.execute(_GIVE_BACK, keys, costs)


async def prune(now: datetime) -> None:
    """Forget whoever has the whole allowance again."""
    await db.execute("DELETE FROM quota_use WHERE full_at <= $1", now)


def _columns(charges: Sequence[QuotaCharge]) -> tuple[list[str], list[float], list[float]]:
    keys = [f"{charge.name}:{charge.by}"[:KEY_CHARS] for charge in charges]
    return keys, [charge.quota.every_s * charge.cost for charge in charges], [charge.quota.span_s for charge in charges]


_GIVE_BACK = """
UPDATE quota_use AS used SET full_at = used.full_at - make_interval(secs => one.cost_s)
FROM (SELECT key, cost_s FROM unnest($1::text[], $2::float8[]) AS one (key, cost_s) ORDER BY key) AS one
WHERE used.key = one.key
"""
# A refusal takes nothing: else one phone that asks on and on would use up its door and its address for everybody.
_TAKE = """
WITH asked AS (
    SELECT key, $4::timestamptz AS at, span_s,
           make_interval(secs => cost_s) AS cost, make_interval(secs => span_s) AS span
    FROM unnest($1::text[], $2::float8[], $3::float8[]) AS one (key, cost_s, span_s)
),
known AS MATERIALIZED (SELECT key, full_at FROM quota_use WHERE key = ANY($1::text[]) ORDER BY key FOR UPDATE),
waits AS (
    SELECT key, greatest(full_at, at) + cost - (at + span) AS wait FROM asked LEFT JOIN known USING (key)
),
taken AS (
    INSERT INTO quota_use AS used (key, full_at, span_s)
    SELECT key, at + cost, span_s FROM asked
    WHERE NOT EXISTS (SELECT FROM waits WHERE wait > interval '0') ORDER BY key
    ON CONFLICT (key) DO UPDATE
    SET full_at = greatest(used.full_at, $4) + (EXCLUDED.full_at - $4::timestamptz), span_s = EXCLUDED.span_s
    WHERE greatest(used.full_at, $4) + (EXCLUDED.full_at - $4::timestamptz)
        <= $4::timestamptz + make_interval(secs => EXCLUDED.span_s)
    RETURNING key
)
SELECT key, extract(epoch FROM wait) AS wait_s FROM waits
WHERE wait > interval '0' OR key NOT IN (SELECT key FROM taken) ORDER BY wait DESC LIMIT 1
"""
