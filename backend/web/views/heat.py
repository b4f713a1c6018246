"""How dark a cell of a table of counts is, beside its number: by its part of the largest one of its row. Pure."""

from collections.abc import Sequence

LEVELS = 4


def levels_of(counts: Sequence[int]) -> list[int]:
    """0 of nought, else 1 to LEVELS."""
    most = max(counts, default=0)
    return [0 if not count else max(1, round(LEVELS * count / most)) for count in counts]
