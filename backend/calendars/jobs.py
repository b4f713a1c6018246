"""What the clock starts: look ahead, and warn when the coming year's holidays are missing."""

from datetime import datetime

import structlog

from backend.calendars import queries

log = structlog.get_logger(__name__)


async def warn_of_gap(now: datetime) -> None:
    """Log the year whose holidays are missing, at each start and every night."""
    gap = await queries.find_gap(now)
    if gap is not None:
        log.warning("calendar_year_missing", year=gap.year, zh=gap.zh, en=gap.en)
