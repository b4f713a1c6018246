"""How a source is doing, by day of Shanghai: what came, what became of it, how often it was wrong, how long it took."""

from datetime import date, datetime, time, timedelta

import asyncpg

from backend import db
from backend.calendars.rules import SHANGHAI
from backend.intake.records.structs import DayFigures
from backend.intake.sources import refusals
from backend.sql import sql

# A source's clock may be ahead of ours: nothing took less than no time.
_DELAY = "extract(epoch FROM greatest(settled_at - coalesce(occurred_at, received_at), interval '0'))"
_OF_DAYS = f"""
    SELECT (received_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS received,
           count(*) FILTER (WHERE state = 'filed') AS filed, count(*) FILTER (WHERE state = 'folded') AS folded,
           count(*) FILTER (WHERE state = 'unsure') AS unsure,
           count(*) FILTER (WHERE state = 'unreadable') AS unreadable,
           count(*) FILTER (WHERE state = 'turned_away') AS turned_away,
           count(*) FILTER (WHERE state IN ('filed', 'folded') AND is_automatic) AS automatic,
           count(*) FILTER (WHERE is_wrong) AS wrong,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY {_DELAY}) FILTER (WHERE state IN ('filed', 'folded')) AS p50,
           percentile_cont(0.99) WITHIN GROUP (ORDER BY {_DELAY}) FILTER (WHERE state IN ('filed', 'folded')) AS p99
    FROM intake_record WHERE source_id = :source_id AND received_at >= :first AND received_at < :after
    GROUP BY 1 ORDER BY 1
"""
DAYS_MOST, _WEEK = 31, 7
_FIRST = date(2000, 1, 1)
_COUNTS = ("received", "filed", "folded", "unsure", "unreadable", "turned_away", "automatic", "wrong")


def span(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """From first to last: a week up to today where nothing is said, and no more than DAYS_MOST days. Pure."""
    end = min(max(last or today, _FIRST), today)
    begin = first or end - timedelta(days=_WEEK - 1)
    return max(begin, end - timedelta(days=DAYS_MOST - 1)), end


async def list_days(source_id: int, first: date, last: date) -> list[DayFigures]:
    """The days from first to last on which something came or was refused."""
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = {row["day"]: row for row in await db.fetch(sql(_OF_DAYS, source_id=source_id, first=begin, after=end))}
    refused = await refusals.list_refusals(source_id, first, last)
    return [_day(day, rows.get(day), refused.get(day, {})) for day in sorted(rows.keys() | refused.keys())]


def _day(day: date, row: asyncpg.Record | None, refused: dict[str, int]) -> DayFigures:
    counts: dict[str, int] = {name: row[name] if row else 0 for name in _COUNTS}
    return DayFigures(
        day=day.isoformat(),
        **counts,
        refused=sum(refused.values()),
        refusals=refused,
        delay_p50_s=row["p50"] if row else None,
        delay_p99_s=row["p99"] if row else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
