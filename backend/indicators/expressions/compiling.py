"""Expressions as functions of a list of sums. Exact: sums are whole numbers, and division makes fractions. Pure.

A percentile is read from counts by bucket: the place of the list holds those then (measures/percentiles.py).
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from operator import add, itemgetter, mul, neg, sub
from typing import Any

from backend.indicators.expressions.nodes import Constant, MeasureReading, Negative, Node, Number, Operation, Selector
from backend.indicators.measures.percentiles import PERCENTILES, Duration, Percentile, added_up, percentile_of

Values = Sequence[Any]
"""Whole numbers, and counts by bucket in the places of durations."""
Evaluate = Callable[[Values], Number]
"""Raises ZeroDivisionError where an expression divides by nought, or asks for a percentile of nothing."""
_DO = {"+": add, "-": sub, "*": mul, "/": Fraction}


class Slots:
    """Which place of the list holds which measure or duration, narrowed how; the same reading has one place."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, Selector], int] = {}

    def place(self, measure: str, selector: Selector) -> int:
        return self.places.setdefault((measure, selector), len(self.places))

    def list_durations(self) -> list[tuple[Duration, Selector, int]]:
        """Of which durations counts by bucket are held, narrowed how, in which place."""
        return [
            (name, selector, place) for (name, selector), place in self.places.items() if isinstance(name, Duration)
        ]


def compiled(node: Node, slots: Slots) -> Evaluate:
    """The expression as a function of the list, whose places `slots` gives out."""
    if isinstance(node, Constant):
        value = node.value
        return lambda _: value
    if isinstance(node, MeasureReading):
        percentile = PERCENTILES.get(node.measure)
        name = percentile.duration if percentile else node.measure
        places = [slots.place(name, selector) for selector in node.selectors]
        return _percentile(percentile, places) if percentile else _reading(places)
    if isinstance(node, Negative):
        of = compiled(node.of, slots)
        return lambda values: neg(of(values))
    return _operation(node, slots)


def _reading(places: list[int]) -> Evaluate:
    if len(places) == 1:
        return itemgetter(places[0])
    several = itemgetter(*places)
    return lambda values: sum(several(values))


def _percentile(percentile: Percentile, places: list[int]) -> Evaluate:
    def evaluate(values: Values) -> Number:
        found = percentile_of(added_up(values[place] for place in places), percentile.percent)
        if found is None:
            raise ZeroDivisionError
        return found

    return evaluate


def _operation(node: Operation, slots: Slots) -> Evaluate:
    left, right, do = compiled(node.left, slots), compiled(node.right, slots), _DO[node.sign]
    if node.sign != "/":
        return lambda values: do(left(values), right(values))
    return lambda values: Fraction(left(values)) / right(values)


def measures_of(slots: Slots) -> list[str]:
    """The measures that the list needs, each once, in the order of their places."""
    return list(dict.fromkeys(name for name, _ in slots.places if not isinstance(name, Duration)))


def lengths_of(selectors: Iterable[Selector]) -> list[int]:
    """How many characters of items the selectors tell apart."""
    return sorted({len(value) for selector in selectors for name, value in selector if name == "item"})
