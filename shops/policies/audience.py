"""For which shops a policy is: one rule in SQL, for the preview and for sending alike."""

from backend import db
from backend.geo.area_sql import within
from backend.sql import Sql, sql
from shops.policies.structs import PolicyDraft, Preview

_FITS = f"""
    FROM shop JOIN place ON place.id = shop.place_id LEFT JOIN shop_grade g ON g.shop_id = shop.id
    WHERE shop.ended_at IS NULL AND shop.state <> 'vacant' AND {within("place.area_id", ":area_code")}
      AND (cardinality(:trades::text[]) = 0 OR shop.trade_class = ANY(:trades::text[]))
      AND (cardinality(:grades::text[]) = 0 OR coalesce(g.grade, 'A') = ANY(:grades::text[]))
      AND (:size_from::int IS NULL OR shop.size_m2 >= :size_from::int)
      AND (:size_until::int IS NULL OR shop.size_m2 <= :size_until::int)
"""
_PREVIEW = f"""
    WITH fits AS MATERIALIZED (SELECT shop.id, shop.name {_FITS}),
    people AS (SELECT p.shop_id, p.account_id FROM shop_person p JOIN fits ON fits.id = p.shop_id WHERE p.until IS NULL)
    SELECT (SELECT count(*) FROM fits) AS shops, (SELECT count(DISTINCT shop_id) FROM people) AS reached,
        (SELECT count(*) FROM people) AS people,
        array(SELECT name FROM fits ORDER BY name LIMIT 10) AS names
"""
_RECIPIENTS = f"""
    INSERT INTO policy_recipient (policy_id, shop_id, account_id, sent_at)
    SELECT :policy_id, p.shop_id, p.account_id, :now FROM shop_person p
    WHERE p.until IS NULL AND p.shop_id IN (SELECT shop.id {_FITS}) ON CONFLICT DO NOTHING RETURNING account_id
"""


async def preview(draft: PolicyDraft) -> Preview:
    row = await db.fetchrow(sql(_PREVIEW, **_rule(draft)))
    assert row is not None
    return Preview(**row)


def recipients(draft: PolicyDraft, policy_id: int, now: object) -> Sql:
    """The statement that writes down who gets it, and returns their accounts."""
    return sql(_RECIPIENTS, policy_id=policy_id, now=now, **_rule(draft))


def _rule(draft: PolicyDraft) -> dict[str, object]:
    return {
        "area_code": draft.area_code,
        "trades": list(draft.trades),
        "grades": [grade.value for grade in draft.grades],
        "size_from": draft.size_from_m2,
        "size_until": draft.size_until_m2,
    }
