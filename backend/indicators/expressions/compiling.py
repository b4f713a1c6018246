"""Expressions as functions of a list of sums. Exact: sums are whole numbers, and division makes fractions. Pure."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from operator import add, itemgetter, mul, neg, sub

from backend.indicators.expressions.nodes import Constant, MeasureReading, Negative, Node, Number, Operation, Selector

Values = Sequence[int]
Evaluate = Callable[[Values], Number]
"""Raises ZeroDivisionError where an expression divides by nought."""
_DO = {"+": add, "-": sub, "*": mul, "/": Fraction}


class Slots:
    """Which place of the list holds which measure, narrowed how; the same reading has one place."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, Selector], int] = {}

    def place(self, measure: str, selector: Selector) -> int:
        return self.places.setdefault((measure, selector), len(self.places))


def compiled(node: Node, slots: Slots) -> Evaluate:
    """The expression as a function of the list, whose places `slots` gives out."""
    if isinstance(node, Constant):
        value = node.value
        return lambda _: value
    if isinstance(node, MeasureReading):
        return _reading([slots.place(node.measure, selector) for selector in node.selectors])
    if isinstance(node, Negative):
        of = compiled(node.of, slots)
        return lambda values: neg(of(values))
    return _operation(node, slots)


def _reading(places: list[int]) -> Evaluate:
    if len(places) == 1:
        return itemgetter(places[0])
    several = itemgetter(*places)
    return lambda values: sum(several(values))


def _operation(node: Operation, slots: Slots) -> Evaluate:
    left, right, do = compiled(node.left, slots), compiled(node.right, slots), _DO[node.sign]
    if node.sign != "/":
        return lambda values: do(left(values), right(values))
    return lambda values: Fraction(left(values)) / right(values)


def measures_of(slots: Slots) -> list[str]:
    """The measures that the list needs, each once, in the order of their places."""
    return list(dict.fromkeys(measure for measure, _ in slots.places))


def lengths_of(selectors: Iterable[Selector]) -> list[int]:
    """How many characters of items the selectors tell apart."""
    return sorted({len(value) for selector in selectors for name, value in selector if name == "item"})
