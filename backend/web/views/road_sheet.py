"""The weekly analysis as XLSX, in Chinese, for whoever passes it on. No cell is a formula."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from backend.evaluation.weekly import wording
from backend.evaluation.weekly.structs import WeeklyAnalysis

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float


def write(analysis: WeeklyAnalysis, names: Mapping[str, str]) -> bytes:
    """The whole file. `names`: of items and their classes, by code."""
    from xlsxwriter import Workbook  # wanted once a week

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for title, rows in _sheets(analysis, names):
            _fill(book.add_worksheet(title), rows, bold)
    return out.getvalue()


def _sheets(analysis: WeeklyAnalysis, names: Mapping[str, str]) -> list[tuple[str, list[Sequence[Cell]]]]:
    times = analysis.times
    return [
        ("道路周报", [_road_head(analysis, names), *_roads(analysis)]),
        ("时段", [("道路", *wording.HOURS, "合计"), *((each.road, *each.by_block, each.n) for each in times)]),
        ("星期", [("道路", *wording.WEEKDAYS, "合计"), *((each.road, *each.by_weekday, each.n) for each in times)]),
        ("高频点位", [_PLACE_HEAD, *_places(analysis, names)]),
    ]


_PLACE_HEAD = ("点位", "道路", "前四周", "前三周", "前二周", "前一周", "本周", "变化", "反复出现")


def _road_head(analysis: WeeklyAnalysis, names: Mapping[str, str]) -> Sequence[Cell]:
    return ("道路", "本周上报", "前四周周均", "变化", *(names.get(code, code) for code in analysis.classes))


def _roads(analysis: WeeklyAnalysis) -> list[Sequence[Cell]]:
    return [
        (
            road.road,
            road.reported,
            round(road.usual, 1),
            wording.change(is_more=road.is_more, is_less=road.is_less),
            *(road.by_class.get(code, 0) for code in analysis.classes),
        )
        for road in analysis.roads
    ]


def _places(analysis: WeeklyAnalysis, names: Mapping[str, str]) -> list[Sequence[Cell]]:
    return [
        (
            each.label,
            each.road,
            *each.by_week,
            wording.change(is_more=each.is_more, is_less=each.is_less),
            wording.recurring(each, names),
        )
        for each in analysis.places
    ]


def _fill(sheet: Any, rows: Sequence[Sequence[Cell]], bold: Any) -> None:
    sheet.set_column(0, 0, 24)
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, None if number else bold)
            else:
                sheet.write_number(number, column, cell)
    sheet.freeze_panes(1, 1)
