"""CSV as spreadsheets write it: comma, semicolon or tab; quoted line breaks; with or without a byte order mark."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from backend.geo.datum import Datum
from backend.places.importing.reasons import FileRefused, Reason
from backend.places.importing.source import Raw

_DELIMITERS = ",;\t"
csv.field_size_limit(min(sys.maxsize, 1 << 24))


class CsvFile:
    datum: Datum | None = None

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        with self._open() as file:
            first = file.readline()
            self._delimiter = max(_DELIMITERS, key=first.count)
            file.seek(0)
            header = next(csv.reader(file, delimiter=self._delimiter), [])
        self.columns = [name.strip() for name in header]
        self.headings = self.columns
        if not any(self.columns):
            raise FileRefused(f"{path} 没有表头", f"{path} has no header line")

    def _open(self) -> TextIO:
        return self._path.open(encoding=self._encoding, newline="")

    def rows(self) -> Iterator[Raw]:
        with self._open() as file:
            reader = csv.reader(file, delimiter=self._delimiter)
            next(reader)
            while True:
                line = reader.line_num + 1
                try:
                    cells = next(reader, None)
                except csv.Error as error:
                    raise FileRefused(
                        f"{self._path} 第 {line} 行起无法按 CSV 读取",
                        f"{self._path} is no CSV from line {line}: {error}",
                    ) from error
                if cells is None:
                    return
                if any(cell.strip() for cell in cells):
                    yield self._row(line, cells)

    def _row(self, line: int, cells: list[str]) -> Raw:
        fields = dict(zip(self.columns, cells, strict=False))
        if len(cells) == len(self.columns):
            return Raw(line, fields, cells)
        detail = f"{len(cells)} / {len(self.columns)}"
        return Raw(line, fields, cells, refused=Reason.COLUMN_COUNT, detail=detail)

    def cells_of(self, raw: Raw) -> list[str]:
        return raw.content
