"""Conditions put together one by one, each with its own values."""

from collections.abc import Sequence
from datetime import date, timedelta

from backend.calendars.rules import midnight
from backend.geo.area_codes import DISTRICT_CHARS
from backend.orders.model.states import State
from backend.sql import Sql, sql

_DAY = timedelta(days=1)
_CLOSED = f"o.state = '{State.CLOSED}'"


def all_of(*conditions: Sql | None) -> Sql:
    """The conditions joined by AND; None says nothing."""
    return joined(" AND ", [each for each in conditions if each is not None])


def joined(between: str, parts: Sequence[Sql]) -> Sql:
    """The parts with a text between them. Raises TypeError where two of them give one name different values."""
    named = {f"part_{number}": part for number, part in enumerate(parts)}
    return sql(between.join(f"{{{name}}}" for name in named), **named)


def opened(first: date | None, last: date | None, name: str) -> Sql | None:
    """Opened on one of these days in Shanghai, both included. `name` begins the names of the values."""
    return _on_days("o.opened_at", first, last, name)


def closed(first: date | None, last: date | None, area_code: str, name: str) -> Sql:
    """The same of the days of closing; without days, whatever was closed.

    Within an area or, empty, anywhere: only the district is said, as the index of closed orders has it.
    """
    return all_of(Sql(_CLOSED), in_district(area_code, name), _on_days("o.closed_at", first, last, name))


def in_district(area_code: str, name: str) -> Sql | None:
    """In the district of an area, in the words of an index; None for what is larger than one."""
    if len(area_code) < DISTRICT_CHARS:
        return None
    district = area_code[:DISTRICT_CHARS]
    return Sql(f"left(o.area_code, {DISTRICT_CHARS}) = :{name}_district", {f"{name}_district": district})


def _on_days(column: str, first: date | None, last: date | None, name: str) -> Sql | None:
    since = Sql(f"{column} >= :{name}_from", {f"{name}_from": midnight(first)}) if first else None
    until = Sql(f"{column} < :{name}_end", {f"{name}_end": midnight(last + _DAY)}) if last else None
    return all_of(since, until) if since or until else None
