"""What an expression reads, as SQL about the contributions of single orders and activities."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from backend.indicators.expressions.compiling import Evaluate, Slots, compiled
from backend.indicators.expressions.nodes import Selector
from backend.indicators.expressions.parser import parse
from backend.indicators.measures import ACTIVITY_CODES
from backend.indicators.measures.percentiles import MEASURED_BY, Duration
from backend.indicators.reading.program import column_sql


class SlotReading(NamedTuple):
    """A place of an expression: `counted` says whether a contribution is read by it, `shown` what it adds."""

    counted: str
    shown: str
    selector: Selector


class Readings(NamedTuple):
    """`evaluate` is None where the expression reads percentiles, which no single order has."""

    slots: list[SlotReading]
    evaluate: Evaluate | None

    @property
    def are_of_activities(self) -> bool:
        """Whether it reads nothing of orders."""
        return bool(self.slots) and all(slot.counted in ACTIVITY_CODES for slot in self.slots)

    def of(self, codes: Sequence[str]) -> list[tuple[int, SlotReading]]:
        """The places that read one of these measures, with their numbers."""
        return [(number, slot) for number, slot in enumerate(self.slots) if slot.counted in codes]

    def value(self, sums: Mapping[int, int]) -> float | None:
        if self.evaluate is None:
            return None
        try:
            return float(self.evaluate([sums.get(number, 0) for number in range(len(self.slots))]))
        except (ZeroDivisionError, OverflowError):
            return None


def readings_in(expression: str) -> Readings:
    slots = Slots()
    evaluate = compiled(parse(expression), slots)
    found, has_percentiles = [], False
    for name, selector in slots.places:
        by = MEASURED_BY[name] if isinstance(name, Duration) else None
        has_percentiles = has_percentiles or by is not None
        found.append(SlotReading(by.cases, by.minutes, selector) if by else SlotReading(name, name, selector))
    return Readings(found, None if has_percentiles else evaluate)


class RowSql(NamedTuple):
    adds: str
    sums: str
    values: dict[str, str]


def row_sql(slots: Sequence[tuple[int, SlotReading]]) -> RowSql:
    """A condition on contributions `m` that are read, and the sums of what they add, as `sum_0` and so on."""
    values: dict[str, str] = {}
    adds, sums = [], []
    for number, slot in slots:
        condition = _condition(slot.selector, number, values)
        adds.append(f"(m.{slot.counted} <> 0{condition})")
        sums.append(f"sum(m.{slot.shown}) FILTER (WHERE true{condition})::bigint AS sum_{number}")
    return RowSql(" OR ".join(adds) or "false", ", ".join(sums) or "0", values)


def measures_of_row(slots: Sequence[tuple[int, SlotReading]], sums: Mapping[int, int]) -> dict[str, int]:
    """What a row adds to each measure that is read."""
    found: dict[str, int] = {}
    for number, slot in slots:
        if sums[number]:
            found[slot.shown] = found.get(slot.shown, 0) + sums[number]
    return found


def _condition(selector: Selector, number: int, values: dict[str, str]) -> str:
    said = []
    for place, (name, value) in enumerate(selector):
        bound = f"slot_{number}_{place}"
        values[bound] = value
        said.append(f" AND {column_sql((name, len(value) if name == 'item' else 0))} = :{bound}")
    return "".join(said)
