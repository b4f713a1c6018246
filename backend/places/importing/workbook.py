"""Excel workbooks, .xlsx and the old .xls: the first visible sheet that has rows, read as the text it shows.

Hidden rows are read like any other. A formula is read as its last saved value, and as empty where none was saved. A
cell that is merged over several rows stands in each of them.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from backend.geo.datum import Datum
from backend.places.importing import headers, table
from backend.places.importing.reasons import FileRefused
from backend.places.importing.source import Raw

_EXACT = 1e15
"""Whole numbers beyond this lost digits when they were typed into a cell."""


class Workbook:
    datum: Datum | None = None

    def __init__(self, path: Path, known: frozenset[str]) -> None:
        self._path = path
        name, self._rows, self.others = _first_sheet(path)
        self.sheet = name
        index = headers.find(self._rows[: headers.WITHIN], known)
        header = self._rows[index] if index is not None else []
        headers.require(header, f"{path} [{name}]")
        self._first = (index or 0) + 1
        width = max(nr for nr, cell in enumerate(header, 1) if cell.strip())
        self._own_columns = slice(width - len(headers.without_added(header[:width])), width)
        self.columns = [cell.strip() for cell in header[self._own_columns]]
        self.headings = self.columns

    def rows(self) -> Iterator[Raw]:
        for line, cells in enumerate(self._rows[self._first :], self._first + 1):
            if any(cell.strip() for cell in cells):
                yield table.row(line, self.columns, cells[self._own_columns])

    def cells_of(self, raw: Raw) -> list[str]:
        return raw.content


def _first_sheet(path: Path) -> tuple[str, list[list[str]], list[str]]:
    """The name of the first visible sheet with rows, its rows, and the visible sheets with rows that come after it."""
    found: list[tuple[str, list[list[str]]]] = []
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            for sheet in book.sheets_metadata:
                is_shown = sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
                if is_shown and (rows := _rows_of(book.get_sheet_by_name(sheet.name))):
                    found.append((sheet.name, rows))
    except CalamineError as error:
        raise FileRefused("workbook-unreadable", path=path, why=type(error).__name__) from error
    if not found:
        raise FileRefused("workbook-empty", path=path)
    (name, rows), *others = found
    return name, rows, [other for other, _ in others]


def _rows_of(sheet: CalamineSheet) -> list[list[str]]:
    """The texts of all cells; of cells that are merged over rows, in each of these rows."""
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for line in range(top + 1, min(bottom + 1, len(rows))):
            rows[line][left] = rows[top][left]
    return rows


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    return str(cell).replace("_x000D_", "")
