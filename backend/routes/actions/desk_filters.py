"""The desk's filter in the URL: what was asked for, what of it could not be read, and links that change one thing."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from backend.geo import area_codes
from backend.orders.desk import ClosedOutcome, DeskFilter, DeskTab, DueWhen

_FIELDS = {
    "tab": "tab",
    "due": "due",
    "item": "item",
    "unit": "unit_id",
    "handler": "handler_id",
    "area": "area",
    "grid": "grid",
    "priority": "priority",
    "source": "source",
    "q": "text",
    "place": "place_id",
    "from": "since",
    "until": "until",
    "closed_from": "closed_since",
    "closed_until": "closed_until",
    "outcome": "outcome",
}
"""Word in the URL → field of the filter."""
_YEARS = range(2000, 2101)


def read_filter(query: Mapping[str, str], without: DeskTab | None = None) -> tuple[DeskFilter, list[str]]:
    """The filter, and the words whose values mean nothing here: those are left out and named."""
    found: dict[str, Any] = {}
    unread = []
    for word, field in _FIELDS.items():
        text = query.get(word, "").strip()
        if not text:
            continue
        try:
            found[field] = _READERS[word](text)
        except ValueError:
            unread.append(word)
    if found.get("tab") and found["tab"] == without:
        unread.append("tab")
        del found["tab"]
    return DeskFilter(**found), unread


def write_filter(desk_filter: DeskFilter, more: Mapping[str, Any] | None = None, **changes: Any) -> str:
    """The query of the same list with some fields changed; an empty value takes one away. `more`: other words."""
    fields = {field: getattr(desk_filter, field) for field in _FIELDS.values()} | changes
    said = {word: fields[field] for word, field in _FIELDS.items()} | dict(more or {})
    if said["tab"] == DeskTab.OPEN:
        said["tab"] = ""
    return urlencode({word: value for word, value in said.items() if value})


def words_of(desk_filter: DeskFilter) -> list[tuple[str, str]]:
    """The words that narrow the list besides its tab, with their fields."""
    return [(word, field) for word, field in _FIELDS.items() if word != "tab" and getattr(desk_filter, field)]


def _matching(pattern: str) -> Callable[[str], str]:
    known = re.compile(pattern)

    def read(text: str) -> str:
        if not known.fullmatch(text):
            raise ValueError(text)
        return text

    return read


def _id(text: str) -> int:
    return int(_matching("[1-9][0-9]{0,17}")(text))


def _day(text: str) -> date:
    day = date.fromisoformat(_matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")(text))
    if day.year not in _YEARS:
        raise ValueError(text)
    return day


def _words(text: str) -> str:
    if not text.isprintable() or len(text) > 60:
        raise ValueError(text)
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "tab": DeskTab,
    "due": DueWhen,
    "item": _matching("[A-Z]([0-9]([0-9]{2})?)?"),
    "unit": _id,
    "handler": _id,
    "area": _matching(area_codes.AREA),
    "grid": _matching(area_codes.CELL),
    "priority": _matching("P[0-4]"),
    "source": _matching("[a-z_]{1,16}"),
    "q": _words,
    "place": _id,
    "from": _day,
    "until": _day,
    "closed_from": _day,
    "closed_until": _day,
    "outcome": ClosedOutcome,
}
