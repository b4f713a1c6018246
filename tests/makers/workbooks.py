"""Workbooks of one sheet, written by hand: all that Excel needs, and no library to write them."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>"""  # noqa: E501
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>
</Relationships>"""  # noqa: E501
_BOOK = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="门牌" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_SHEET = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/>
<sheetData>{rows}</sheetData>{merged}</worksheet>"""


class Formula(NamedTuple):
    """A cell that is worked out, with the value that was saved; None where the program saved none."""

    text: str
    saved: str | None = None


Cell = str | float | Formula | None


def write_workbook(path: Path, rows: Sequence[Sequence[Cell]], merged: Sequence[str] = ()) -> Path:
    """A workbook with these cells; None leaves one out. `merged`: ranges such as B2:B4."""
    ranges = "".join(f"<mergeCell ref='{each}'/>" for each in merged)
    merges = ranges and f"<mergeCells>{ranges}</mergeCells>"
    lines = "".join(f"<row r='{nr}'>{_cells(nr, row)}</row>" for nr, row in enumerate(rows, 1))
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", _TYPES)
        book.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        book.writestr("xl/workbook.xml", _BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"))
        book.writestr(
            "xl/worksheets/sheet1.xml",
            _SHEET.format(rows=lines, merged=merges),
        )
    return path


def _cells(nr: int, row: Sequence[Cell]) -> str:
    return "".join(_cell(f"{chr(65 + column)}{nr}", cell) for column, cell in enumerate(row) if cell is not None)


def _cell(at: str, cell: str | float | Formula) -> str:
    if isinstance(cell, Formula):
        value = "" if cell.saved is None else f"<v>{escape(cell.saved)}</v>"
        kind = "" if cell.saved is None or cell.saved.isdecimal() else " t='str'"
        return f"<c r='{at}'{kind}><f>{escape(cell.text)}</f>{value}</c>"
    if isinstance(cell, str):
        return f"<c r='{at}' t='inlineStr'><is><t>{escape(cell)}</t></is></c>"
    return f"<c r='{at}'><v>{cell!r}</v></c>"
