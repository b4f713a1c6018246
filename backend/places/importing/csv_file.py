"""CSV as spreadsheets write it: comma, semicolon or tab; quoted line breaks; with or without a byte order mark.

A title may stand above the header. The errors file of an import is read like the file that it came from.
"""

import csv
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from backend.geo.datum import Datum
from backend.places.importing import headers, table
from backend.places.importing.reasons import FileRefused
from backend.places.importing.source import Raw
from backend.spreadsheets import as_meant

_DELIMITERS = ",;\t"
csv.field_size_limit(min(sys.maxsize, 1 << 24))


class CsvFile:
    datum: Datum | None = None

    def __init__(self, path: Path, encoding: str, known: frozenset[str]) -> None:
        self._path = path
        self._encoding = encoding
        self._delimiter, self._header_at, header = self._find_header(known)
        headers.require(header, path)
        self.columns = headers.without_added([name.strip() for name in header])
        self.headings = self.columns
        self._added = len(header) - len(self.columns)

    def _find_header(self, known: frozenset[str]) -> tuple[str, int, list[str]]:
        """The delimiter of which the first rows have most, with the header that they have then."""
        with self._open() as file:
            start = "".join(islice(file, headers.WITHIN))
        found: list[tuple[bool, int, str, int, list[str]]] = []
        for delimiter in _DELIMITERS:
            rows = list(_readable(csv.reader(start.splitlines(keepends=True), delimiter=delimiter)))
            index = headers.find(rows, known)
            header = rows[index] if index is not None else []
            named = any(headers.heading(cell) in known for cell in header)
            found.append((named, len(header), delimiter, index or 0, header))
        _, _, delimiter, index, header = max(found, key=lambda each: each[:2])
        return delimiter, index, header

    def _open(self) -> TextIO:
        return self._path.open(encoding=self._encoding, newline="")

    def rows(self) -> Iterator[Raw]:
        with self._open() as file:
            reader = csv.reader(file, delimiter=self._delimiter)
            for _ in range(self._header_at + 1):
                next(reader)
            while True:
                line = reader.line_num + 1
                try:
                    cells = next(reader, None)
                except csv.Error as error:
                    raise FileRefused("csv-broken", path=self._path, line=line, why=error) from error
                if cells is None:
                    return
                if any(cell.strip() for cell in cells):
                    own = cells[self._added :]
                    yield table.row(line, self.columns, list(map(as_meant, own)) if self._added else own)

    def cells_of(self, raw: Raw) -> list[str]:
        return raw.content


def _readable(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows up to where the beginning of the file was cut off, or is no CSV."""
    try:
        yield from rows
    except csv.Error:
        return
