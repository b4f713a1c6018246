"""Lines of a register's file, CSV or Excel, under our names: each column with its headings, its length and its title.

A line that is wrong says which column it is and what would be right, never what stands in it: registers hold people.
"""

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from backend.duty.loading.lines import Wrong
from backend.errors import Bilingual, Listing
from backend.places.importing.dates import read_day
from backend.places.importing.fields import clean
from backend.places.importing.headers import heading
from backend.places.importing.opening import open_file
from backend.places.importing.reasons import FileRefused
from backend.places.importing.source import ZIP, Raw, start_of

LINES_MOST = 2_000
_UNPACKED_MOST = 50_000_000
"""Bytes that a workbook may unpack to: a small file may hold gigabytes of one letter."""
T = TypeVar("T")


class NamedColumn(NamedTuple):
    """`zh`, `en`: its headings and titles; `others`: further headings. `most`: characters."""

    zh: str
    en: str
    most: int = 100
    is_needed: bool = False
    others: tuple[str, ...] = ()
    hint_zh: str = ""
    hint_en: str = ""

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


NamedColumns = Mapping[str, NamedColumn]


class NamedLine(msgspec.Struct, frozen=True):
    """`number`: as the file counts them, the header being the first. `is_broken`: more or fewer cells than headings."""

    number: int
    values: dict[str, str]
    is_broken: bool = False


class LineReader:
    """What stands in one line. Every method raises Wrong."""

    def __init__(self, line: NamedLine, columns: NamedColumns) -> None:
        if line.is_broken:
            raise Wrong("line-cells")
        self._values, self._columns = line.values, columns
        for name, column in columns.items():
            if column.is_needed and not self.text(name):
                raise Wrong("column-missing", name=column.title)

    def text(self, name: str) -> str:
        """Clean, and empty where nothing stands there."""
        value, column = clean(self._values.get(name, "")), self._columns[name]
        if len(value) > column.most:
            raise Wrong("column-too-long", name=column.title, limit=column.most)
        return value

    def choice(self, name: str, known: Mapping[str, T], otherwise: T | None = None) -> T:
        """By one of its words, whatever their width and case; `otherwise` where nothing stands there."""
        said = heading(self.text(name))
        if not said and otherwise is not None:
            return otherwise
        if said not in known:
            raise Wrong("column-no-choice", name=self._title(name), choices=Listing(list(known), "list.comma"))
        return known[said]

    def day(self, name: str) -> date:
        found = read_day(self.text(name))
        if found is None:
            raise Wrong("column-no-day", name=self._title(name))
        return found

    def whole(self, name: str, low: int, high: int, otherwise: int) -> int:
        said = heading(self.text(name))
        if not said:
            return otherwise
        if not (said.isascii() and said.isdecimal() and len(said) < 10 and low <= int(said) <= high):
            raise Wrong("column-no-number", name=self._title(name), low=low, high=high)
        return int(said)

    def _title(self, name: str) -> Bilingual:
        return self._columns[name].title


def read_named(path: Path, columns: NamedColumns) -> list[NamedLine]:
    """Every line that is not blank. Raises FileRefused where it is no table, lacks a column or is too long."""
    _require_small(path)
    headings = {ours: [heading(each) for each in _names(ours, column)] for ours, column in columns.items()}
    source = open_file(path, known=frozenset(each for names in headings.values() for each in names))
    there = set(map(heading, source.columns))
    missing = [column.title for ours, column in columns.items() if column.is_needed and not there & {*headings[ours]}]
    if missing:
        raise FileRefused("register-columns-missing", missing=Listing(missing))
    lines = list[NamedLine]()
    for raw in source.rows():
        if len(lines) == LINES_MOST:
            raise FileRefused("register-file-too-long", most=LINES_MOST)
        lines.append(_line(raw, headings))
    if not lines:
        raise FileRefused("register-file-empty")
    return lines


def _line(raw: Raw, headings: Mapping[str, list[str]]) -> NamedLine:
    said: Mapping[str, Any] = raw.fields
    values = {ours: next((v for each in names if (v := clean(said.get(each)))), "") for ours, names in headings.items()}
    return NamedLine(raw.line, {ours: value for ours, value in values.items() if value}, raw.refused is not None)


def _names(ours: str, column: NamedColumn) -> tuple[str, ...]:
    return (ours, column.zh, column.en, *column.others)


def _require_small(path: Path) -> None:
    if not start_of(path).startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return  # whoever opens it says what is wrong
    if size > _UNPACKED_MOST:
        raise FileRefused("register-file-too-large")
