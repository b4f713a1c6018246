"""A schedule in words, and as the fields of a form. Pure."""

import re
from dataclasses import dataclass, field

from backend.calendars.rrules import WEEKDAYS, parts_of
from backend.web.views.page import PageContext

MONTH_END = -1


@dataclass(frozen=True, slots=True)
class ScheduleFields:
    """How often, as a form offers it: every so many days, weeks or months, on weekdays or a day of the month."""

    unit: str = "DAILY"
    every: int = 1
    weekdays: frozenset[str] = field(default_factory=frozenset)
    month_day: int = 1

    def rrule(self) -> str:
        """The text of the rule; what does not belong to the unit is left out."""
        parts = [f"FREQ={self.unit}", f"INTERVAL={self.every}" if self.every != 1 else ""]
        if self.unit == "WEEKLY" and self.weekdays:
            parts.append(f"BYDAY={','.join(day for day in WEEKDAYS if day in self.weekdays)}")
        if self.unit == "MONTHLY":
            parts.append(f"BYMONTHDAY={self.month_day}")
        return ";".join(filter(None, parts))


def fields_of(rrule: str) -> ScheduleFields:
    """The form filled in with a rule, as far as the form has fields for it."""
    parts = parts_of(rrule)
    days = frozenset(day[-2:] for day in parts.get("BYDAY", "").split(",") if day)
    month_day = re.match(r"-?\d+", parts.get("BYMONTHDAY", "1"))
    return ScheduleFields(
        unit=parts["FREQ"] if parts["FREQ"] != "YEARLY" else "MONTHLY",
        every=int(parts.get("INTERVAL", "1")),
        weekdays=days,
        month_day=int(month_day[0]) if month_day else 1,
    )


def in_words(page: PageContext, rrule: str) -> str:
    """每周一、四; 每月 15 日; every 2 weeks on Mon and Thu."""
    parts = parts_of(rrule)
    every, unit = int(parts.get("INTERVAL", "1")), parts["FREQ"].lower()
    key = f"schedule.{unit}" if every == 1 else f"schedule.{unit}_n"
    if unit == "weekly" and (days := _split(parts, "BYDAY")):
        said = page.t(f"{key}_days", n=every, days=_list(page, [page.t(f"schedule.in_week.{day}") for day in days]))
        parts = {name: value for name, value in parts.items() if name != "BYDAY"}
    else:
        said = page.t(key, n=every)
    return page.t("schedule.between").join([said, *_details(page, parts)])


def _details(page: PageContext, parts: dict[str, str]) -> list[str]:
    """What narrows the unit, in words."""
    said = [
        page.t("schedule.in_months", months=_list(page, [f"{month}" for month in _split(parts, "BYMONTH")])),
        _list(page, [_weekday(page, day) for day in _split(parts, "BYDAY")]),
        _list(page, [_month_day(page, int(day)) for day in _split(parts, "BYMONTHDAY")]),
        page.t("schedule.until", day=_day(parts.get("UNTIL", ""))),
        page.t("schedule.count", n=parts.get("COUNT", "")),
    ]
    names = ("BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT")
    return [words for name, words in zip(names, said, strict=True) if name in parts]


def _split(parts: dict[str, str], name: str) -> list[str]:
    return [each for each in parts.get(name, "").split(",") if each]


def _list(page: PageContext, items: list[str]) -> str:
    return page.t("schedule.comma").join(items)


def _weekday(page: PageContext, day: str) -> str:
    """`2TU` is the second Tuesday, `-1FR` the last Friday."""
    name, number = page.t(f"schedule.day.{day[-2:]}"), day[:-2]
    if not number:
        return name
    return page.t("schedule.nth_last" if number.startswith("-") else "schedule.nth", n=number.lstrip("-"), day=name)


def _month_day(page: PageContext, day: int) -> str:
    if day == MONTH_END:
        return page.t("schedule.month_end")
    return page.t("schedule.month_day" if day > 0 else "schedule.from_month_end", n=abs(day))


def _day(until: str) -> str:
    return f"{until[:4]}-{until[4:6]}-{until[6:8]}"
