"""What a searched text means: an order's number, the beginning of one, or a part of a place's name or address.

An order's number says the day on which it was opened, so that the beginning of a number is a span of days; places are
looked up first, since they are a hundred times fewer than orders.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import msgspec

from backend.geo.area_codes import DISTRICT_CHARS
from backend.orders.desk.sql import all_of, opened
from backend.places import queries as places
from backend.places import sql
from backend.sql import Sql

_NUMBER = re.compile(r"YM(\d{0,6})(?:-(\d{0,19}))?", re.IGNORECASE)
_YEAR, _MONTH, _DAY = 2, 4, 6
_PLACES_MAX = 1000


class DeskSearch(msgspec.Struct, frozen=True, kw_only=True):
    """What a text narrows to; empty, it narrows nothing."""

    number: str = ""
    place_ids: list[int] | None = None
    words: str = ""
    """Looked for in the place of each order, where too many places match to name them."""
    since: date | None = None
    until: date | None = None

    def condition(self) -> Sql | None:
        """None where it narrows nothing."""
        named = f"EXISTS (SELECT FROM place t WHERE t.id = o.place_id AND {sql.says(':words', 't')})"
        parts = (
            opened(self.since, self.until, "search"),
            Sql("starts_with(o.number, :number)", {"number": self.number}) if self.number else None,
            None
            if self.place_ids is None
            else Sql("o.place_id = ANY(:place_ids::bigint[])", {"place_ids": self.place_ids}),
            Sql(named, {"words": self.words}) if self.words else None,
        )
        return all_of(*parts) if any(parts) else None


async def parse_search(text: str, areas: Sequence[str]) -> DeskSearch:
    """What the text means to a desk of these areas. One statement at most.

    Places are looked for in the whole district: an order that has ended keeps its area when its place goes to another.
    """
    if not text:
        return DeskSearch()
    numbered = _NUMBER.fullmatch(text)
    if numbered:
        return _by_number(text.upper(), numbered[1])
    districts = sorted({area[:DISTRICT_CHARS] for area in areas})
    found = await places.list_ids_called(text, districts, limit=_PLACES_MAX + 1)
    return DeskSearch(words=text) if len(found) > _PLACES_MAX else DeskSearch(place_ids=found)


def _by_number(number: str, digits: str) -> DeskSearch:
    try:
        since, until = _span(digits)
    except ValueError:
        return DeskSearch(place_ids=[])
    return DeskSearch(number=number, since=since, until=until)


def _span(digits: str) -> tuple[date | None, date | None]:
    """The first and the last day on which such numbers were given. Raises ValueError when there are none."""
    if len(digits) < _YEAR:
        return None, None
    year = 2000 + int(digits[:_YEAR])
    if len(digits) < _MONTH:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(digits[_YEAR:_MONTH])
    if len(digits) < _DAY:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    day = date(year, month, int(digits[_MONTH:_DAY]))
    return day, day
