"""Rows of cells under a header, whatever the file that holds them."""

from collections.abc import Sequence

from backend.places.importing.headers import heading
from backend.places.importing.reasons import RowReason
from backend.places.importing.source import Raw


def row(line: int, columns: Sequence[str], cells: list[str]) -> Raw:
    """A row by its columns; of two columns of one name the first holds."""
    fields: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        fields.setdefault(heading(column), cell)
    if len(cells) == len(columns):
        return Raw(line, fields, cells)
    return Raw(line, fields, cells, refused=RowReason.COLUMN_COUNT, detail=f"{len(cells)} / {len(columns)}")
