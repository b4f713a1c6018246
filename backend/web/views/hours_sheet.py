"""Confirmed hours as sheets for the city's register of volunteers: CSV with a byte order mark, and XLSX.

Always in Chinese, for whoever takes them reads it. No cell is a formula. Instants are Shanghai's, hours have two
decimals.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from backend.spreadsheets import harmless
from backend.web.views.times import CHINA
from grab_orders.ledgers.hours.exporting import ExportedHours

_BOM = "\ufeff"
_SHEET = "服务时长"
COLUMNS = ("姓名", "证件号摘要(SHA-256)", "服务项目", "服务日期", "开始时间", "结束时间", "服务时长(小时)")
_WIDTHS = (12, 68, 28, 12, 18, 18, 14)
_MINUTES = 60


def _cells(line: ExportedHours) -> tuple[str | float, ...]:
    start, end = (at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") for at in (line.started_at, line.ended_at))
    hours = round(line.minutes / _MINUTES, 2)
    return line.name, line.id_digest, line.project, line.on_date.isoformat(), start, end, hours


def write_csv(lines: Sequence[ExportedHours]) -> bytes:
    """The whole file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in _cells(line)] for line in lines)
    return (_BOM + out.getvalue()).encode()


def write_xlsx(lines: Sequence[ExportedHours]) -> bytes:
    """The whole file. Texts are texts, whatever they begin with."""
    from xlsxwriter import Workbook  # wanted once a month

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(_SHEET), book.add_format({"bold": True})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        for row, cells in enumerate([COLUMNS, *map(_cells, lines)]):
            for column, cell in enumerate(cells):
                style = bold if row == 0 else None
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell, style)
                else:
                    sheet.write_number(row, column, cell, style)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


WRITERS: Mapping[str, Callable[[Sequence[ExportedHours]], bytes]] = {"csv": write_csv, "xlsx": write_xlsx}
MEDIA_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
