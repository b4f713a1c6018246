"""Conditions put together one by one, with every value bound."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from backend.calendars.rules import midnight
from backend.places import sql as places

_DAY = timedelta(days=1)


class Conditions:
    """Conditions joined by AND, and the values that they bind; several may bind into the same statement."""

    def __init__(self, values: list[Any] | None = None) -> None:
        self.values = [] if values is None else values
        self._said: list[str] = []

    def bind(self, value: Any) -> str:
        self.values.append(value)
        return f"${len(self.values)}"

    def add(self, condition: str, *values: Any) -> None:
        """`condition` has a {} for each value."""
        self._said.append(condition.format(*(self.bind(value) for value in values)))

    def add_within(self, column: str, prefixes: Sequence[str]) -> None:
        """The area lies in one of these; none at all matches nothing."""
        either = [places.within(column, f"{self.bind(prefix)}::text") for prefix in prefixes]
        self.add(f"({' OR '.join(either)})" if either else "false")

    def add_days(self, first: date | None, last: date | None) -> None:
        """Opened on one of these days in Shanghai, both included."""
        if first:
            self.add("o.opened_at >= {}", midnight(first))
        if last:
            self.add("o.opened_at < {}", midnight(last + _DAY))

    def __str__(self) -> str:
        return " AND ".join(self._said)
