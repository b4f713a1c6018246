"""A task of a duty list in words: how often now, what follows, on which days next."""

from dataclasses import dataclass
from datetime import date

from backend.calendars.rrules import WEEKDAYS
from backend.calendars.rules import shanghai_date
from backend.committees.changes.lines import DutyLine
from backend.committees.duty_list.structs import DutyEntryRead
from backend.web.views.page import PageContext
from backend.web.views.schedules import in_words


@dataclass(frozen=True, slots=True)
class ShownLine:
    entry: DutyEntryRead
    name: str
    often: str
    upcoming: str
    """What holds later; empty where nothing was decided beyond the present version."""
    days: list[str]
    is_due: bool
    change_id: int | None


def shown_line(page: PageContext, line: DutyLine, today: date) -> ShownLine:
    entry, later = line.entry, line.upcoming
    return ShownLine(
        entry=entry,
        name=page.pick(entry.name_zh, entry.name_en),
        often=in_words(page, entry.rrule),
        upcoming=_upcoming(page, later) if later else "",
        days=[day_in_words(page, day) for day in line.next_days],
        is_due=today in line.next_days,
        change_id=line.open_change_id,
    )


def day_in_words(page: PageContext, day: date) -> str:
    """11-30 周一; with the year where it is another one than today's."""
    year = "" if day.year == shanghai_date(page.now).year else f"{day.year}-"
    return f"{year}{day:%m-%d} {page.t(f'schedule.day.{WEEKDAYS[day.weekday()]}')}"


def _upcoming(page: PageContext, later: DutyEntryRead) -> str:
    often = in_words(page, later.rrule) if later.is_on else page.t("duty.off")
    return page.t("duty.upcoming", day=later.valid_from, often=often, version=later.version)
