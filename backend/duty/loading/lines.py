"""One line of a file, value by value, each checked; and the lines of a file whose header was checked first."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from backend.calendars.rules import SHANGHAI
from backend.errors import Listing, Phrase
from backend.geo.area_codes import is_area
from backend.places.importing.fields import clean
from backend.places.importing.headers import heading
from backend.places.importing.opening import open_file
from backend.places.importing.reasons import FileRefused, in_words

_YEARS = range(2000, 2101)
_WORD = re.compile(r"[a-z][a-z0-9_]*")
Choice = TypeVar("Choice", bound=StrEnum)


class Wrong(Exception):
    """Why a line cannot be taken: a key of the catalogue and its values."""

    def __init__(self, key: str, /, **values: Any) -> None:
        super().__init__(key)
        self.why = Phrase(key, values)


class FileLine(msgspec.Struct, frozen=True):
    """Line numbers count as an editor counts them, the header being the first."""

    number: int
    values: dict[str, str]
    fault: str = ""

    def text(self, name: str, limit: int = 120) -> str:
        """A clean value, empty when absent. Raises Wrong."""
        value = self.values.get(name, "")
        if len(value) > limit:
            raise Wrong("value-too-long", name=name, limit=limit)
        return value

    def needed(self, name: str, limit: int = 120) -> str:
        value = self.text(name, limit)
        if not value:
            raise Wrong("value-missing", name=name)
        return value

    def one_of(self, name: str, choices: type[Choice]) -> Choice:
        value = self.needed(name)
        if value not in list(choices):
            raise Wrong("value-not-a-choice", name=name, value=value, choices=Listing(list(choices), "list.comma"))
        return choices(value)

    def word(self, name: str) -> str | None:
        """A word as the dictionary writes unit types; None when absent."""
        value = self.text(name, 40)
        if value and not _WORD.fullmatch(value):
            raise Wrong("value-no-unit-type", name=name, value=value)
        return value or None

    def area(self, name: str = "area_code") -> str:
        """An area code, empty when absent."""
        value = self.text(name)
        if value and not is_area(value):
            raise Wrong("value-no-area", name=name, value=value)
        return value

    def exactly_one(self, *names: str) -> str:
        """Which of these columns has a value. Raises Wrong unless it is one."""
        said = [name for name in names if self.text(name)]
        if len(said) != 1:
            raise Wrong("value-exactly-one", names=Listing(names))
        return said[0]

    def instant(self, name: str) -> datetime | None:
        """An instant; without a zone it is Shanghai's. None when absent."""
        value = self.text(name)
        try:
            at = datetime.fromisoformat(value) if value else None
        except ValueError as error:
            raise Wrong("value-no-instant", name=name, value=value) from error
        if at is not None and at.year not in _YEARS:
            raise Wrong("value-impossible-year", name=name, value=value)
        return at if at is None or at.tzinfo else at.replace(tzinfo=SHANGHAI)


def read(path: Path, columns: Sequence[str]) -> list[FileLine]:
    """Every line of a table, CSV or Excel, that is not blank. Raises FileRefused when it is none or lacks a column."""
    source = open_file(path, known=frozenset(columns))
    there = set(map(heading, source.columns))
    missing = [column for column in columns if column not in there]
    if missing:
        raise FileRefused("file-without-columns", path=path, missing=Listing(missing))
    return [
        FileLine(
            raw.line,
            {name: clean(value) for name, value in raw.fields.items()},
            f"{in_words(raw.refused)}: {raw.detail}" if raw.refused else "",
        )
        for raw in source.rows()
    ]
