"""The week of roads as XLSX, in Chinese, for whoever passes it on. No cell is a formula."""

import io
from collections.abc import Mapping, Sequence

from backend.evaluation.matters import CLASSES
from backend.evaluation.structs import RoadWeek

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = "道路周报"
_FIRST = ("道路", "本周上报", "前四周周均", "变化")


def write(roads: Sequence[RoadWeek], names: Mapping[str, str]) -> bytes:
    """The whole file. `names`: of the classes, by code."""
    from xlsxwriter import Workbook  # wanted once a week

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(_SHEET), book.add_format({"bold": True})
        sheet.set_column(0, 0, 22)
        for column, text in enumerate((*_FIRST, *(names.get(code, code) for code in CLASSES))):
            sheet.write_string(0, column, text, bold)
        for row, road in enumerate(roads, 1):
            sheet.write_string(row, 0, road.road)
            sheet.write_number(row, 1, road.reported)
            sheet.write_number(row, 2, round(road.usual, 1))
            sheet.write_string(row, 3, "明显增多" if road.is_more else "明显减少" if road.is_less else "无明显变化")
            for column, code in enumerate(CLASSES, len(_FIRST)):
                sheet.write_number(row, column, road.by_class.get(code, 0))
        sheet.freeze_panes(1, 1)
    return out.getvalue()
