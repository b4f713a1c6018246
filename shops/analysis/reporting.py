"""Put a shop's report of a month together: from findings and the grade, and from nothing else."""

from datetime import datetime

from shops.analysis import months, rules
from shops.analysis.structs import ShopReport
from shops.grades import standing
from shops.inspections import queries as inspections
from shops.register.structs import Shop

TREND_MONTHS = 6


async def make_report(shop: Shop, month: str, now: datetime) -> ShopReport:
    """The report as it is now. Raises MonthUnreadable, also for a month that has not begun."""
    since, until = months.bounds(month)
    if since > now:
        raise months.MonthUnreadable
    shown = months.earlier(month, TREND_MONTHS)
    first, _ = months.bounds(shown[0])
    found = [each for each in await inspections.list_findings([shop.id], first, until) if each.is_upheld]
    in_month = [each for each in found if each.found_at >= since]
    stands = await standing.get_standing(shop, now)
    listed = sorted(
        (rules.reported(each, now) for each in in_month), key=lambda each: (each.fixed_at is not None, each.due_at)
    )
    return ShopReport(
        shop_id=shop.id,
        shop=shop.name,
        address=shop.address,
        month=month,
        made_at=now,
        grade=stands.grade,
        grade_since=stands.since,
        visit_days=stands.visit_days,
        score=stands.score.total,
        score_rows=stands.score.rows,
        advice=stands.advice,
        departments=rules.by_department(in_month, now),
        findings=listed,
        repeats=[each for each in listed if each.is_repeat],
        trend=rules.trend(found, shown),
        found=len(in_month),
        fixed_in_time_percent=rules.fixed_in_time_percent(in_month, now),
    )
