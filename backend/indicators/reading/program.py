"""Some indicators as one program: which sums it needs, and the figures that it makes of them. Pure.

Compiled once for the same definitions. The sums come in groups: one for each set of filters that some measure is
narrowed by, such as (item of two characters) or (item of one, priority); a statement adds all groups up in one pass.
Percentiles need counts by bucket, in groups of their own.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from backend.indicators.expressions.compiling import Evaluate, Slots, compiled, measures_of
from backend.indicators.expressions.nodes import Number, Selector, readings_of
from backend.indicators.expressions.parser import parse
from backend.indicators.measures.percentiles import PERCENTILES, Counts, Duration
from backend.indicators.structs import Indicator, IndicatorFigure

Column = tuple[str, int]
"""A dimension, and of items how many characters: what rows are grouped by."""
GroupKey = tuple[frozenset[Column], tuple[str, ...]]
"""By what a row of sums is grouped, and its values, in the order of the program's columns."""
CountKey = tuple[Duration, GroupKey]
_MOST = 10**15
"""What is beyond this is no figure of anything: readers of JSON hold whole numbers up to 2**53."""
_COLUMN_OF = {"item": "item_code", "priority": "priority", "source": "source_kind"}


class _Line(NamedTuple):
    code: str
    numerator: Evaluate
    denominator: Evaluate | None
    counted: tuple[tuple[int, ...], ...]
    """Of each percentile that it reads, the places of its counts."""


class Program:
    def __init__(self, indicators: Sequence[Indicator]) -> None:
        slots = Slots()
        self._lines = [_line(each, slots) for each in indicators]
        self.measures = measures_of(slots)
        held = slots.list_durations()
        self.durations = sorted({duration for duration, _, _ in held})
        selectors = {selector for _, selector in slots.places}
        self.columns: list[Column] = sorted({column for selector in selectors for column in columns_of(selector)})
        counted = {columns_of(selector) for _, selector, _ in held}
        self.count_groups = sorted(counted, key=sorted)
        summed = {columns_of(selector) for name, selector in slots.places if not isinstance(name, Duration)}
        self.groups = sorted(summed, key=sorted)
        self._size = len(slots.places)
        self._counts = [(slot, (duration, self._key(selector))) for duration, selector, slot in held]
        place_of = {measure: number for number, measure in enumerate(self.measures)}
        self._fills: dict[GroupKey, list[tuple[int, int]]] = {}
        for (name, selector), slot in slots.places.items():
            if name in place_of:
                self._fills.setdefault(self._key(selector), []).append((slot, place_of[name]))

    def _key(self, selector: Selector) -> GroupKey:
        columns, said = columns_of(selector), dict(selector)
        return columns, tuple(said[name] for name, chars in self.columns if (name, chars) in columns)

    def figures(
        self,
        subject: str,
        sums: Mapping[GroupKey, Sequence[int | None]],
        counts: Mapping[CountKey, Counts] | None = None,
    ) -> list[IndicatorFigure]:
        """The figures of a subject. `sums`: by group the sums of `measures`, in their order; `counts`: of durations."""
        values: list[Any] = [0] * self._size
        for key, fills in self._fills.items():
            row = sums.get(key)
            if row is not None:
                for slot, place in fills:
                    values[slot] = row[place] or 0
        for slot, held in self._counts:
            values[slot] = (counts or {}).get(held, {})
        return [_figure(line, subject, values) for line in self._lines]


def column_sql(column: Column) -> str:
    """The column as SQL over rows of sums."""
    name, chars = column
    return f"left(item_code, {chars})" if name == "item" else _COLUMN_OF[name]


@lru_cache(maxsize=16)
def program_of(indicators: tuple[Indicator, ...]) -> Program:
    return Program(indicators)


def columns_of(selector: Selector) -> frozenset[Column]:
    return frozenset((name, len(value) if name == "item" else 0) for name, value in selector)


def _line(indicator: Indicator, slots: Slots) -> _Line:
    parts = [parse(text) for text in (indicator.numerator, indicator.denominator) if text]
    numerator, *below = (compiled(part, slots) for part in parts)
    counted = tuple(
        tuple(slots.place(PERCENTILES[reading.measure].duration, selector) for selector in reading.selectors)
        for part in parts
        for reading in readings_of(part)
        if reading.measure in PERCENTILES
    )
    return _Line(indicator.code, numerator, below[0] if below else None, counted)


def _figure(line: _Line, subject: str, values: list[Any]) -> IndicatorFigure:
    above = _of(line.numerator, values)
    of_each = [sum(sum(values[place].values()) for place in places) for places in line.counted]
    cases = min(of_each, default=None)
    if line.denominator is None:
        value = _float(above)
        return IndicatorFigure(line.code, subject, value or 0.0, None, value, _whole(above if cases is None else cases))
    below = _of(line.denominator, values)
    value, n = _quotient(above, below), _whole(below if cases is None else cases)
    return IndicatorFigure(line.code, subject, _float(above) or 0.0, _float(below) or 0.0, value, n)


def _of(evaluate: Callable[[list[Any]], Number], values: list[Any]) -> Number | None:
    try:
        return evaluate(values)
    except ZeroDivisionError:
        return None


def _quotient(above: Number | None, below: Number | None) -> float | None:
    """None where there is nothing to divide by."""
    try:
        return None if above is None or not below else _float(above / below)
    except OverflowError:
        return None


def _float(value: Number | float | None) -> float | None:
    """None also beyond the numbers that are figures."""
    return None if value is None or abs(value) > _MOST else float(value)


def _whole(value: Number | None) -> int:
    return 0 if value is None else min(max(0, round(value)), _MOST)
