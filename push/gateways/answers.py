"""What gateways share in reading a vendor's answer."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST_S = 3600.0
_LIKE_A_PHONE = re.compile(r"\+?\d[\d -]{9,}\d")
_DETAIL_CHARS = 500


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """How long `Retry-After` asks to wait, in seconds or until a date; an hour at most, None where it says nothing."""
    said = headers.get("retry-after", "").strip()
    if not said:
        return None
    if said.isascii() and said.isdecimal():
        return min(float(said), _LONGEST_S)
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), _LONGEST_S)


def without(text: str, personal: Iterable[str]) -> str:
    """A vendor's words without these values and without whatever looks like a phone number, cut to what is stored."""
    for each in personal:
        if each:
            text = text.replace(each, "…")
    return _LIKE_A_PHONE.sub("…", text)[:_DETAIL_CHARS]


def clipped(text: str, most: int) -> str:
    """At most so many characters, the last one … where something is missing; line breaks become spaces."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
