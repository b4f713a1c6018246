"""The desk's export as CSV for spreadsheets: byte order mark for Excel, instants in Shanghai, no formula, no reporter.

No cell is a formula, since a place's name can be anybody's invention.
"""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import datetime

from backend.orders.desk import DeskOrder
from backend.spreadsheets import harmless
from backend.web.i18n import catalogue
from backend.web.views import times

BOM = "\ufeff"


def _when(at: datetime | None) -> str:
    return times.full(at) if at else ""


_COLUMNS: dict[str, Callable[[DeskOrder, str], object]] = {
    "number": lambda order, _: order.number,
    "state": lambda order, lang: catalogue.say(lang, f"state.{order.state}"),
    "item_code": lambda order, _: order.item.code,
    "item": lambda order, lang: order.item.name_en if lang == "en" else order.item.name_zh,
    "priority": lambda order, _: order.priority,
    "place": lambda order, _: order.place,
    "area": lambda order, _: order.area_code,
    "grid": lambda order, _: order.grid_code,
    "unit": lambda order, lang: "" if not order.unit else order.unit.name_en if lang == "en" else order.unit.name_zh,
    "handler": lambda order, _: order.handler.name if order.handler else "",
    "source": lambda order, lang: catalogue.say(lang, f"source.{order.source_kind}"),
    "opened": lambda order, _: _when(order.opened_at),
    "due": lambda order, _: _when(order.due_at),
    "ended": lambda order, _: _when(order.ended_at),
    "rework": lambda order, _: order.rework_count,
    "returned": lambda order, _: order.hop_count,
    "followers": lambda order, _: order.followers,
    "rating": lambda order, _: "" if order.rating is None else order.rating,
}


def head(lang: str) -> bytes:
    """The byte order mark and the names of the columns."""
    return (BOM + _written([[catalogue.say(lang, f"desk.csv.{name}") for name in _COLUMNS]])).encode()


def lines(orders: Iterable[DeskOrder], lang: str) -> bytes:
    return _written([[read(order, lang) for read in _COLUMNS.values()] for order in orders]).encode()


def broken_off(rows: int) -> bytes:
    """The last line of a file that could not be finished."""
    zh = f"!! 导出中断:以上仅前 {rows} 张工单,文件不完整,请重新导出"
    return _written([[f"{zh} / Broken off after {rows} orders: this file is not whole, export again"]]).encode()


def _written(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return out.getvalue()
