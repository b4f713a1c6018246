"""What an RRULE may say: daily or coarser, without a time of day, and never nothing at all. Pure.

python-dateutil walks to the year 9999 where a rule matches no day (30 February: over a second), takes minutes, and
reads an end without a zone in several ways. So a text is read here first, into parts that always match some day within
a few years, and written in one form: `UNTIL` as a local day, the last one that may count. The day on which the series
begins, and the zone whose days are meant, are stored beside the text.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from backend.calendars.errors import ScheduleInvalid, ScheduleTooFrequent
from backend.calendars.rules import SHANGHAI

MOST_A_YEAR = 400
"""Days of a year, and some more: a schedule that yields more than one round a day is refused."""
MOST_CHARS = 200
FREQUENCIES = {"YEARLY": 5, "MONTHLY": 12, "WEEKLY": 52, "DAILY": 366}
"""With the largest interval of each."""
_FINER = {"HOURLY": 24, "MINUTELY": 24 * 60, "SECONDLY": 24 * 3600}
_TIMES = {"BYHOUR": 24, "BYMINUTE": 60, "BYSECOND": 60}
_ORDER = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(rf"([+-]?[1-4])?({'|'.join(WEEKDAYS)})")
_IN_EVERY_MONTH = 28

Parts = dict[str, str]


def canonical(text: str, starts_on: date) -> str:
    """The rule in its one form. Raises ScheduleInvalid, ScheduleTooFrequent. Days are Shanghai's."""
    parts = _split(text)
    _refuse_finer(parts)
    plain = {name: _READERS[name](value) for name, value in parts.items()}
    _refuse_what_may_never_match(plain, starts_on)
    if (until := plain.get("UNTIL")) and until < starts_on.strftime("%Y%m%d"):
        raise ScheduleInvalid("schedule-never", part="UNTIL")
    return ";".join(f"{name}={plain[name]}" for name in _ORDER if name in plain)


def parts_of(rrule: str) -> Parts:
    """The parts of a rule in its one form, by name."""
    return dict(part.split("=", 1) for part in rrule.split(";"))


def _split(text: str) -> Parts:
    said = re.sub(r"\s", "", text).upper().removeprefix("RRULE:").strip(";")
    if len(said) > MOST_CHARS or not re.fullmatch(r"[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*", said):
        raise ScheduleInvalid(part=text[:40])
    pairs = [part.split("=", 1) for part in said.split(";")]
    parts = {name: value for name, value in pairs}
    unknown = next((name for name in parts if name not in {*_ORDER, *_TIMES}), None)
    if unknown or len(pairs) != len(parts) or "FREQ" not in parts or {"COUNT", "UNTIL"} <= parts.keys():
        raise ScheduleInvalid(part=unknown or said[:40])
    return parts


def _refuse_finer(parts: Parts) -> None:
    """A time of day is none of a schedule's: several rounds a day are several tasks, each with its own name."""
    times = [name for name in _TIMES if name in parts]
    if parts["FREQ"] not in _FINER and not times:
        return
    per_day = _FINER.get(parts["FREQ"], 1)
    for name in times:
        per_day *= len(parts[name].split(","))
    days = {"YEARLY": 1, "MONTHLY": 12, "WEEKLY": 52 * len(parts.get("BYDAY", "MO").split(","))}
    interval = int(_number("INTERVAL", 1, 10**6)(parts.get("INTERVAL", "1")))
    per_year = per_day * days.get(parts["FREQ"], 366) // interval
    if per_year > MOST_A_YEAR:
        raise ScheduleTooFrequent(per_year=per_year, bound=MOST_A_YEAR)
    raise ScheduleInvalid("schedule-has-time", part=times[0] if times else "FREQ")


def _refuse_what_may_never_match(parts: Parts, starts_on: date) -> None:
    every, kind = int(parts.get("INTERVAL", "1")), parts["FREQ"]
    if every > FREQUENCIES[kind]:
        raise ScheduleInvalid(part="INTERVAL")
    narrowed = [name for name in ("BYMONTH", "BYDAY", "BYMONTHDAY") if name in parts]
    if (kind in {"DAILY", "WEEKLY"} and "BYMONTHDAY" in parts) or {"BYDAY", "BYMONTHDAY"} <= set(narrowed):
        raise ScheduleInvalid(part="BYMONTHDAY")
    if kind in {"DAILY", "WEEKLY"} and re.search("[1-4]", parts.get("BYDAY", "")):
        raise ScheduleInvalid(part="BYDAY")
    if every > 1 and ("BYMONTH" in narrowed or (kind == "DAILY" and narrowed)):
        raise ScheduleInvalid("schedule-interval-narrowed", part=narrowed[0])
    if kind in {"MONTHLY", "YEARLY"} and "BYDAY" not in parts:
        _refuse_days_of_no_month(parts, starts_on)


def _refuse_days_of_no_month(parts: Parts, starts_on: date) -> None:
    """Every second month on the 31st may meet short months alone: one of the days has to be in every month."""
    is_in_each = parts["FREQ"] == "MONTHLY" and "BYMONTH" not in parts and parts.get("INTERVAL", "1") == "1"
    days = [int(day) for day in parts.get("BYMONTHDAY", str(starts_on.day)).split(",")]
    if not is_in_each and min(map(abs, days)) > _IN_EVERY_MONTH:
        raise ScheduleInvalid("schedule-month-day", part="BYMONTHDAY")


def _number(name: str, least: int, most: int) -> Callable[[str], str]:
    def read(value: str) -> str:
        digits = value.removeprefix("+")
        if not re.fullmatch(r"-?[0-9]{1,6}", digits) or not least <= int(digits) <= most or int(digits) == 0:
            raise ScheduleInvalid(part=name)
        return str(int(digits))

    return read


def _list_of(one: Callable[[str], str], order: Callable[[str], tuple[int, str]]) -> Callable[[str], str]:
    return lambda value: ",".join(sorted({one(each) for each in value.split(",")}, key=order))


def _frequency(value: str) -> str:
    if value not in FREQUENCIES:
        raise ScheduleInvalid(part="FREQ")
    return value


def _weekday(value: str) -> str:
    found = _DAY.fullmatch(value)
    if found is None:
        raise ScheduleInvalid(part="BYDAY")
    return (found[1] or "").removeprefix("+") + found[2]


def _week_start(value: str) -> str:
    if value not in WEEKDAYS:
        raise ScheduleInvalid(part="WKST")
    return value


def _until(value: str) -> str:
    """The last local day: a date as it is said, an instant as the day that it lies in there."""
    try:
        if len(value) == len("20261130"):
            return datetime.strptime(value, "%Y%m%d").strftime("%Y%m%d")  # noqa: DTZ007 - a day, no instant
        if value.endswith("Z"):
            at = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return at.astimezone(SHANGHAI).strftime("%Y%m%d")
        return datetime.strptime(value, "%Y%m%dT%H%M%S").strftime("%Y%m%d")  # noqa: DTZ007 - local
    except (ValueError, OverflowError) as error:
        raise ScheduleInvalid(part="UNTIL") from error


def _by_weekday(value: str) -> tuple[int, str]:
    return WEEKDAYS.index(value[-2:]), value


def _by_number(value: str) -> tuple[int, str]:
    return int(value), value


_READERS: dict[str, Callable[[str], str]] = {
    "FREQ": _frequency,
    "INTERVAL": _number("INTERVAL", 1, 366),
    "COUNT": _number("COUNT", 1, MOST_A_YEAR),
    "UNTIL": _until,
    "BYMONTH": _list_of(_number("BYMONTH", 1, 12), _by_number),
    "BYMONTHDAY": _list_of(_number("BYMONTHDAY", -31, 31), _by_number),
    "BYDAY": _list_of(_weekday, _by_weekday),
    "WKST": _week_start,
}
