"""An expression as a tree, and the tree as text again. Pure."""

from fractions import Fraction
from typing import NamedTuple

from backend.indicators.measures.percentiles import PERCENTILES

Number = int | Fraction
Selector = tuple[tuple[str, str], ...]
"""What a measure is narrowed to, such as (("item", "A1"), ("priority", "P1")), in the order of DIMENSIONS."""
DIMENSIONS = ("item", "priority", "source")


class Constant(NamedTuple):
    value: Number


class MeasureReading(NamedTuple):
    """A measure or a percentile, narrowed. Alternatives of a filter are a sum of readings: no two of them overlap."""

    measure: str
    selectors: tuple[Selector, ...] = ((),)


class Negative(NamedTuple):
    of: "Node"


class Operation(NamedTuple):
    sign: str
    left: "Node"
    right: "Node"


Node = Constant | MeasureReading | Negative | Operation
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def readings_of(node: Node) -> list[MeasureReading]:
    """Every reading of the tree, as often as it stands there."""
    if isinstance(node, MeasureReading):
        return [node]
    if isinstance(node, Negative):
        return readings_of(node.of)
    if isinstance(node, Operation):
        return readings_of(node.left) + readings_of(node.right)
    return []


def reads_percentile(node: Node) -> bool:
    return any(reading.measure in PERCENTILES for reading in readings_of(node))


def narrowed(node: Node, dimension: str, value: str) -> Node:
    """The same expression with each measure narrowed further."""
    if isinstance(node, MeasureReading):
        return MeasureReading(node.measure, tuple(_narrow(each, dimension, value) for each in node.selectors))
    if isinstance(node, Negative):
        return Negative(narrowed(node.of, dimension, value))
    if isinstance(node, Operation):
        return Operation(node.sign, narrowed(node.left, dimension, value), narrowed(node.right, dimension, value))
    return node


def _narrow(selector: Selector, dimension: str, value: str) -> Selector:
    return tuple(sorted({**dict(selector), dimension: value}.items()))


def is_linear(node: Node) -> bool:
    """Whether the value of a sum of rows is the sum of the values of the rows."""
    if isinstance(node, MeasureReading):
        return node.measure not in PERCENTILES
    if isinstance(node, Negative):
        return is_linear(node.of)
    if isinstance(node, Constant):
        return False
    if node.sign in "+-":
        return is_linear(node.left) and is_linear(node.right)
    if not readings_of(node.right):
        return is_linear(node.left)
    return node.sign == "*" and not readings_of(node.left) and is_linear(node.right)


def text_of(node: Node, above: int = 0) -> str:
    """The expression in its canonical form: read again it is the same tree."""
    if isinstance(node, Constant):
        return _number(node.value)
    if isinstance(node, MeasureReading):
        return f"{node.measure}{_filters(node.selectors)}"
    if isinstance(node, Negative):
        return f"-{text_of(node.of, 3)}"
    rank = _RANK[node.sign]
    said = f"{text_of(node.left, rank)} {node.sign} {text_of(node.right, rank + 1)}"
    return f"({said})" if rank < above else said


def _number(value: Number) -> str:
    if isinstance(value, int):
        return str(value)
    places, denominator = 0, value.denominator
    while 10**places % denominator:
        places += 1
    digits = str(value.numerator * 10**places // denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def _filters(selectors: tuple[Selector, ...]) -> str:
    """Selectors are all combinations of the alternatives: each dimension says its own, in order."""
    if selectors == ((),):
        return ""
    names = [name for name, _ in selectors[0]]
    said = [f"{name}={'|'.join(dict.fromkeys(dict(each)[name] for each in selectors))}" for name in names]
    return f"[{', '.join(said)}]"
