"""Which classes of items there are, as the shipped indicators are narrowed to them. Pure."""

from collections.abc import Iterable

from backend.evaluation.structs import Dimension

CLASSES = ("A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4")
"""Of the shipped dictionary: what is reported of a street. C is booked, not reported."""
OF_DIMENSION = {
    Dimension.SECURE: ("B1", "B2", "B3", "B4"),
    Dimension.ORDERLY: ("A1", "A2"),
    Dimension.CLEAN: ("A3", "A4", "A5"),
}


def slices_of(code: str, classes: Iterable[str] = CLASSES) -> list[str]:
    """The codes of an indicator narrowed to each class."""
    return [f"{code}.{each.lower()}" for each in classes]
