"""The fields of a form that say how often: a unit, every how many, weekdays, a day of the month."""

import re

from litestar.datastructures import FormMultiDict

from backend.calendars.rrules import FREQUENCIES, WEEKDAYS
from backend.routes.pages.forms import word
from backend.web.views.schedules import ScheduleFields

_CHARS = 3
_NUMBER = re.compile("-?[0-9]+")


def read_schedule(form: FormMultiDict) -> ScheduleFields:
    """As it was filled in; what cannot be read is as the form begins, and what cannot be is refused by the rule."""
    unit = word(form, "unit", 8)
    weekdays = frozenset(day for day in form.getall("weekday", []) if day in WEEKDAYS)
    return ScheduleFields(
        unit=unit if unit in FREQUENCIES else "DAILY",
        every=_number(form, "every"),
        weekdays=weekdays,
        month_day=_number(form, "month_day"),
    )


def _number(form: FormMultiDict, name: str) -> int:
    said = word(form, name, _CHARS)
    return int(said) if _NUMBER.fullmatch(said) else 1
