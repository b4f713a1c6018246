"""An empty file of a register's columns, to fill in: CSV with a byte order mark, or XLSX whose cells are all texts."""

import csv
import io
from collections.abc import Callable, Mapping

from backend.duty.loading.named_lines import NamedColumn, NamedColumns

_BOM = "\ufeff"
MEDIA_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def write_csv(columns: NamedColumns) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([column.zh for column in columns.values()])
    return (_BOM + out.getvalue()).encode()


def write_xlsx(columns: NamedColumns) -> bytes:
    """The first sheet is to be filled in; the second says what goes where, in both languages."""
    from xlsxwriter import Workbook  # wanted once by whoever fills in a register

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        bold, needed = book.add_format({"bold": True}), book.add_format({"bold": True, "bg_color": "#FFF2CC"})
        text = book.add_format({"num_format": "@"})
        sheet, words = book.add_worksheet("填写"), book.add_worksheet("说明")
        sheet.set_column(0, len(columns) - 1, 18, text)
        for at, column in enumerate(columns.values()):
            sheet.write_string(0, at, column.zh, needed if column.is_needed else bold)
            for nr, said in enumerate(_said(column)):
                words.write_string(at, nr, said)
        sheet.freeze_panes(1, 0)
        words.set_column(0, 3, 40)
    return out.getvalue()


def _said(column: NamedColumn) -> tuple[str, ...]:
    must = "必填 / needed" if column.is_needed else "可不填 / may be empty"
    return column.zh, column.en, must, " / ".join(filter(None, (column.hint_zh, column.hint_en)))


WRITERS: Mapping[str, Callable[[NamedColumns], bytes]] = {"csv": write_csv, "xlsx": write_xlsx}
