"""Which classes of items there are, as definitions are narrowed to them: shipped, or a town's own. Pure."""

from collections.abc import Iterable, Mapping

from backend.evaluation.structs import Dimension
from backend.indicators.queries import narrowed_to
from backend.indicators.structs import Indicator

CLASSES = ("A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4")
"""Of the shipped dictionary: what is reported of a street. C is booked, not reported."""
OF_DIMENSION: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.SECURE: ("B1", "B2", "B3", "B4"),
    Dimension.ORDERLY: ("A1", "A2"),
    Dimension.CLEAN: ("A3", "A4", "A5"),
}


def slice_of(code: str, item_code: str) -> str:
    """The code of an indicator narrowed to a class."""
    return f"{code}.{item_code.lower()}"


def with_slices(indicator: Indicator, classes: Iterable[str]) -> list[Indicator]:
    """The definition, and the same of each class."""
    return [indicator, *(narrowed_to(indicator, each) for each in classes)]
