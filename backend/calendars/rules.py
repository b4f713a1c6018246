"""Pure questions about the calendar: what the plain week says, and which year's holidays are overdue.

The State Council publishes the next year's holidays around the beginning of November.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from backend.calendars.structs import CalendarGap

SHANGHAI = ZoneInfo("Asia/Shanghai")
_SATURDAY = 5
_PUBLISHED_BY_MONTH = 11
FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
"""全国年节及纪念日放假办法: holidays that the law itself puts on a date; the others follow the moon or the sun."""


def is_weekday(on_date: date) -> bool:
    """Whether the plain week makes it a working day."""
    return on_date.weekday() < _SATURDAY


def is_plain_workday(on_date: date) -> bool:
    """What is certain about a day that nobody has laid down: weekends and the fixed holidays are free."""
    return is_weekday(on_date) and (on_date.month, on_date.day) not in FIXED_HOLIDAYS


def shanghai_date(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    """The instant at which a day begins in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def find_gap(known_years: Iterable[int], today: date) -> CalendarGap | None:
    """The year that should be in the calendar by now and is not: this one, or from November on the next."""
    due_years = [today.year, today.year + 1] if today.month >= _PUBLISHED_BY_MONTH else [today.year]
    missing = next((year for year in due_years if year not in set(known_years)), None)
    if missing is None:
        return None
    return CalendarGap(
        year=missing,
        zh=f"日历缺少 {missing} 年的节假日与调休安排,工作时限暂按周一至周五计算,仅扣除法定固定假日;请更新日历。",
        en=f"The calendar lacks the holidays and swapped workdays of {missing}; working time counts "
        "Monday to Friday without the fixed holidays until they are entered.",
    )
