"""Pure questions about the calendar: what the plain week says, and which year's holidays are overdue.

The State Council publishes the next year's holidays around the beginning of November.
"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from backend.calendars.structs import Gap

SHANGHAI = ZoneInfo("Asia/Shanghai")
_SATURDAY = 5
_PUBLISHED_BY_MONTH = 11


def is_weekday(on_date: date) -> bool:
    """Whether the plain week makes it a working day."""
    return on_date.weekday() < _SATURDAY


def shanghai_date(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def find_gap(known_years: Iterable[int], today: date) -> Gap | None:
    """The year that should be in the calendar by now and is not: this one, or from November on the next."""
    wanted = [today.year, today.year + 1] if today.month >= _PUBLISHED_BY_MONTH else [today.year]
    missing = next((year for year in wanted if year not in set(known_years)), None)
    if missing is None:
        return None
    return Gap(
        year=missing,
        zh=f"日历缺少 {missing} 年的节假日与调休安排,工作时限暂按周一至周五计算;请更新日历。",
        en=f"The calendar lacks the holidays and swapped workdays of {missing}; working time counts "
        "Monday to Friday until they are entered.",
    )
