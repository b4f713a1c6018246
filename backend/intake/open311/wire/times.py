"""Dates of GeoReport v2: ISO 8601 in the subset of the W3C, always with a zone, without fractions of a second."""

import re
from datetime import UTC, datetime

from backend.errors import BadRequest

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?\s?(Z|[+-]?\d\d:?\d\d)", re.IGNORECASE)


class DateUnreadable(BadRequest):
    """`extra`: the field. Of its value nothing is repeated."""

    code = "open311-date-unreadable"


def written(at: datetime | None) -> str | None:
    """An instant as we say it, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def read(text: str, field: str) -> datetime:
    """An instant as others say it. The `+` of a zone that came as a blank is read, too. Raises DateUnreadable."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise DateUnreadable(field=field)
    day, time, zone = found[1], found[2], found[3].upper().replace(":", "")
    signed = "+0000" if zone == "Z" else zone if zone[0] in "+-" else f"+{zone}"
    try:
        at = datetime.strptime(f"{day}T{time}{signed}", "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise DateUnreadable(field=field) from error
    if not 1970 <= at.year <= 9000:
        raise DateUnreadable(field=field)
    return at
