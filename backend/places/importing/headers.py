"""Which row of a table is its header, whatever stands above it, and how a heading is compared."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from backend.places.importing.reasons import FileRefused

WITHIN = 10
"""A header stands among the first rows: titles, dates and notes above it are few."""
ADDED = ("line", "reason", "explanation")
"""What an errors file puts before the cells of a row."""
_ENOUGH = 2


@cache
def heading(name: str) -> str:
    """A heading as it is compared: width, case and surrounding blanks do not matter."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def find(rows: Iterable[Sequence[str]], known: frozenset[str]) -> int | None:
    """The index of the header: the first row, unless it names nothing that is known and a later one names two or more.

    None where there is no row with anything in it.
    """
    first: int | None = None
    for index, row in enumerate(rows):
        named = {heading(cell) for cell in row} & known
        if first is None and any(cell.strip() for cell in row):
            first = index
            if named:
                return index
        if len(named) >= _ENOUGH:
            return index
    return first


def without_added(columns: Sequence[str]) -> list[str]:
    """The columns of the file that an errors file was made from."""
    is_errors_file = tuple(map(heading, columns[: len(ADDED)])) == ADDED
    return list(columns[len(ADDED) :] if is_errors_file else columns)


def require(columns: Sequence[str], path: object) -> None:
    """Raises FileRefused where there is no heading at all."""
    if not any(name.strip() for name in columns):
        raise FileRefused("file-without-header", path=path)
