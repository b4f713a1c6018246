"""周析送达: each area's week once, on Monday morning in Shanghai, after the night's recount."""

from datetime import datetime, time, timedelta

from backend import db
from backend.calendars.rules import SHANGHAI, shanghai_date
from backend.evaluation.events import WeeklyAnalysisReady
from backend.events import service as events
from backend.indicators.order_figures import find_recounted_at
from backend.indicators.structs import Period
from backend.sql import sql

FROM, AT_THE_LATEST = time(7), time(9)
"""At nine it is sent as it is counted, whatever became of the recount."""
_WEEK = timedelta(days=7)
_ISSUE = """
    WITH issued AS (
        INSERT INTO weekly_issue (area_code, first_on, sent_at)
        SELECT DISTINCT area_code, :first::date, :now::timestamptz FROM weekly_subscription
        WHERE subscribed_at < :monday::timestamptz
        ON CONFLICT ON CONSTRAINT weekly_issue_once DO NOTHING RETURNING id, area_code
    )
    SELECT i.id, i.area_code, coalesce(a.name, i.area_code) AS area_zh FROM issued i
    LEFT JOIN area a ON a.code = i.area_code ORDER BY i.id
"""


def week_before(now: datetime) -> Period:
    """The whole week, Monday to Sunday, that ended before this one began. Pure."""
    today = shanghai_date(now)
    monday = today - timedelta(days=today.weekday())
    return Period(monday - _WEEK, monday - timedelta(days=1))


def is_due(now: datetime, recounted_at: datetime | None) -> bool:
    """Whether the week before is to be sent now: from Monday at seven on, where everything was counted since midnight;
    from nine on in any case, and all week, for a worker that was away. Pure."""
    monday = week_before(now).last + timedelta(days=1)
    if now >= datetime.combine(monday, AT_THE_LATEST, SHANGHAI):
        return True
    is_counted = recounted_at is not None and recounted_at >= datetime.combine(monday, time(), SHANGHAI)
    return is_counted and now >= datetime.combine(monday, FROM, SHANGHAI)


async def send_week(now: datetime) -> int:
    """Note the week of each area to which somebody had subscribed by Monday, unless it was. Returns how many."""
    if not is_due(now, await find_recounted_at()):
        return 0
    week = week_before(now)
    monday = datetime.combine(week.last + timedelta(days=1), FROM, SHANGHAI)
    async with db.transaction():
        rows = await db.fetch(sql(_ISSUE, first=week.first, now=now, monday=monday))
        facts = [
            WeeklyAnalysisReady(
                subject_id=row["id"],
                area_code=row["area_code"],
                first=week.first,
                last=week.last,
                area_zh=row["area_zh"],
            )
            for row in rows
        ]
        await events.record(*facts)
    return len(rows)
