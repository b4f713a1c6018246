"""For which shops a policy is: one rule in SQL, for the preview and for sending alike. The rule is the policy's row."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.geo.area_sql import within
from backend.sql import Sql, sql
from shops.policies.structs import Preview

_FITS = f"""
    FROM shop JOIN place ON place.id = shop.place_id LEFT JOIN shop_grade g ON g.shop_id = shop.id
    WHERE shop.ended_at IS NULL AND shop.state <> 'vacant' AND {within("place.area_id", "policy.area_code")}
      AND (cardinality(policy.trades) = 0 OR shop.trade_class = ANY(policy.trades))
      AND (cardinality(policy.grades) = 0 OR coalesce(g.grade, 'A') = ANY(policy.grades))
      AND (policy.size_from_m2 IS NULL OR shop.size_m2 >= policy.size_from_m2)
      AND (policy.size_until_m2 IS NULL OR shop.size_m2 <= policy.size_until_m2)
"""
_PREVIEW = f"""
    SELECT policy.id, fits.shops, people.reached, people.people, fits.names FROM policy
    CROSS JOIN LATERAL (
        SELECT count(*) AS shops, array_agg(shop.id) AS ids,
            coalesce((array_agg(shop.name ORDER BY shop.name))[:10], '{{}}') AS names {_FITS}
    ) fits
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT p.shop_id) AS reached, count(DISTINCT p.account_id) AS people
        FROM shop_person p WHERE p.shop_id = ANY(fits.ids) AND p.until IS NULL
    ) people
    WHERE policy.id = ANY(:ids::bigint[])
"""
_RECIPIENTS = f"""
    INSERT INTO policy_recipient (policy_id, shop_id, account_id, sent_at)
    SELECT policy.id, p.shop_id, p.account_id, :now FROM policy
    JOIN LATERAL (SELECT shop.id {_FITS}) fits ON true JOIN shop_person p ON p.shop_id = fits.id
    WHERE policy.id = :policy_id AND p.until IS NULL ON CONFLICT DO NOTHING RETURNING account_id
"""


async def preview(policy_ids: Sequence[int]) -> dict[int, Preview]:
    """Who would get each of these now, by its id."""
    names = Preview.__struct_fields__
    rows = await db.fetch(sql(_PREVIEW, ids=list(policy_ids)))
    return {row["id"]: msgspec.convert({name: row[name] for name in names}, Preview) for row in rows}


def recipients(policy_id: int, now: datetime) -> Sql:
    """The statement that writes down who gets it, and returns their accounts."""
    return sql(_RECIPIENTS, policy_id=policy_id, now=now)
