"""On which days a recurring pickup falls. Pure.

A rule is the text of an RRULE of RFC 5545, without a beginning: that is kept beside it, as a wall clock time in a zone.
Days are counted in that zone without it, and the zone is put on afterwards: a clock that is put forward moves nothing.
`str()` of dateutil's rules is never kept: it drops the zone, and the Z of UNTIL.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from shops.pickup.errors import RuleNotUsable

if TYPE_CHECKING:
    from dateutil.rrule import rrule

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY")
_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"})
CHARS = 200
_COUNT = re.compile("[1-9][0-9]{0,2}")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def weekly(weekdays: list[int]) -> str:
    """The rule of every week on these days, 1 Monday to 7."""
    return f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[day - 1] for day in sorted(set(weekdays)))}"


def plain(rule: str) -> str:
    """The rule as it is kept. Raises RuleNotUsable for one that is finer than a day, too rich, or cannot be read.

    UNTIL is a date, and that day counts.
    """
    text = rule.strip().upper().removeprefix("RRULE:")
    parts = _parts(text)
    if len(text) > CHARS or not parts.keys() <= _PARTS or parts.get("FREQ") not in FREQUENCIES:
        raise RuleNotUsable
    counts = [parts[name] for name in ("INTERVAL", "COUNT") if name in parts]
    if {"COUNT", "UNTIL"} <= parts.keys() or not all(_COUNT.fullmatch(count) for count in counts):
        raise RuleNotUsable
    ordered = {"FREQ": parts.pop("FREQ"), **dict(sorted(parts.items()))}
    if "UNTIL" in ordered:
        ordered["UNTIL"] = f"{_day(ordered['UNTIL']):%Y%m%d}"
    stored = ";".join(f"{name}={value}" for name, value in ordered.items())
    _read(stored, datetime.combine(date(2026, 1, 1), time(9)))
    return stored


def days_between(rule: str, starts_local: datetime, first: date, last: date) -> list[date]:
    """The days from first to last, both among them, on which a recurrence falls. At most sixty."""
    first = max(first, starts_local.date())
    if last < first or last - first > timedelta(days=60):
        return []
    found = _read(rule, starts_local).between(
        datetime.combine(first, time()), datetime.combine(last, time(23, 59, 59)), inc=True
    )
    return [at.date() for at in found]


def _read(rule: str, starts_local: datetime) -> "rrule":
    from dateutil.rrule import rrulestr  # 5 MB that only the worker and this form use

    text, until = rule, None
    parts = _parts(rule)
    if "UNTIL" in parts:
        until = parts.pop("UNTIL")
        text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        read: Any = rrulestr(text, dtstart=starts_local.replace(microsecond=0))
        # A date-only UNTIL would be midnight, and lose its own day.
        return read.replace(until=datetime.combine(_day(until), time(23, 59, 59))) if until else read
    except (ValueError, TypeError, OverflowError) as error:
        raise RuleNotUsable from error


def _parts(rule: str) -> dict[str, str]:
    split = (part.partition("=") for part in rule.split(";") if part)
    return {name: value for name, _, value in split}


def _day(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError as error:
        raise RuleNotUsable from error
