"""Which cells of a workbook hold formulas: readers give their saved values, and cannot tell one that was never saved.

A program that writes a workbook without working it out saves nothing, or 0. Nothing is worked out here either.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from backend.places.importing.source import ZIP, start_of

_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Cells = Mapping[int, frozenset[int]]
"""By line, as people count them, the columns from 0."""


def formula_cells(path: Path, sheet: str) -> Cells:
    """The formulas of one sheet; none where the file is no .xlsx, or is one that only its reader understands."""
    if not start_of(path).startswith(ZIP):
        return {}
    # Loaded with the first workbook: most commands read none.
    from defusedxml import DefusedXmlException

    found: dict[int, set[int]] = defaultdict(set)
    try:
        with zipfile.ZipFile(path) as book, book.open(_part_of(book, sheet)) as part:
            for line, column in _formulas(part):
                found[line].add(column)
    except (KeyError, ParseError, DefusedXmlException, zipfile.BadZipFile):
        return {}
    return {line: frozenset(columns) for line, columns in found.items()}


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """The file in the workbook that holds a sheet. Raises KeyError."""
    from defusedxml.ElementTree import fromstring

    sheets = fromstring(book.read("xl/workbook.xml"), forbid_dtd=True).iter()
    number = next((each.get(_ID) for each in sheets if _name(each) == "sheet" and each.get("name") == sheet), None)
    related = fromstring(book.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {each.get("Id"): each.get("Target", "") for each in related}
    target = targets[number]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _formulas(part: Any) -> Iterator[tuple[int, int]]:
    from defusedxml.ElementTree import iterparse

    for _, element in iterparse(part, forbid_dtd=True):
        if _name(element) == "c":
            at = _CELL.fullmatch(element.get("r") or "")
            if at and any(_name(child) == "f" for child in element):
                yield int(at[2]), _column(at[1])
        elif _name(element) == "row":
            element.clear()


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
