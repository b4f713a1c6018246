"""The report of an emergency as PDF: A4, the text in an embedded subset of a font with Chinese characters.

Loaded with the first report: the library and the font take memory that most processes never need.
"""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import WrapMode

from backend.emergencies import wording
from backend.emergencies.report import OPEN_MOST, EmergencyReport

_FONT, _MARGIN_MM, _LINE_MM = "text", 16, 6.5
_WIDTH_MM = 210 - 2 * _MARGIN_MM
_SC = 2
"""In Noto's CJK collections the third face is the one for simplified Chinese; the first is Japanese."""
_GREY = (90, 90, 90)
_NO_GLYPH = "?"


def render(report: EmergencyReport, delivered: Mapping[int, int], font: Path) -> bytes:
    """The document. `delivered`: by broadcast, how many messages reached a phone."""
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    paper = FPDF(unit="mm", format="A4")
    paper.set_margins(_MARGIN_MM, _MARGIN_MM)
    paper.set_auto_page_break(True, _MARGIN_MM)
    paper.set_creator("Yima")
    paper.set_title(wording.headline(report.emergency))
    paper.set_creation_date(report.made_at)
    paper.add_font(_FONT, "", font, collection_font_number=_face(font))
    paper.add_page()
    _head(paper, report)
    _orders(paper, report)
    _broadcasts(paper, report, delivered)
    _log(paper, report)
    _line(paper, f"生成时间 {wording.clock(report.made_at)}(北京时间)", color=_GREY, size=9)
    document = bytes(paper.output())
    for opened in paper.fonts.values():
        opened.ttfont.close()  # type: ignore[union-attr]  # only embedded fonts are used
    return document


def _face(font: Path) -> int:
    return _SC if font.suffix == ".ttc" and "Noto" in font.name else 0


def _head(paper: FPDF, report: EmergencyReport) -> None:
    emergency = report.emergency
    _line(paper, wording.headline(emergency), size=18, height=10)
    lasted = wording.lasted(emergency.begun_at, report.until)
    _line(paper, f"启动 {wording.clock(emergency.begun_at)}({emergency.begun_by}):{emergency.reason}")
    for level in report.levels:
        _line(paper, f"{wording.clock(level.set_at)} {wording.ROMAN[level.level]}级({level.set_by}):{level.reason}")
    if emergency.ended_at is not None:
        _line(paper, f"结束 {wording.clock(emergency.ended_at)}({emergency.ended_by}):{emergency.end_reason}")
    _line(paper, f"历时 {lasted}。预案:{emergency.plan_zh or '无'}。值班表:{emergency.roster or '日常'}。")


def _orders(paper: FPDF, report: EmergencyReport) -> None:
    _heading(paper, "工单")
    orders = report.orders
    closed = f"办结 {orders.closed} 件(其中期间新开 {orders.closed_of_opened} 件)"
    _line(paper, f"期间新开 {orders.opened} 件(紧急 {orders.urgent} 件),{closed},仍未办结 {orders.still_open} 件。")
    _heading(paper, "未办结工单及承办")
    for order in report.open_orders:
        holder = " ".join(part for part in (order.unit_zh, order.handler) if part) or "城运中心"
        _line(paper, f"· {order.number} {order.priority} {order.item_zh} {order.place} → {holder}", size=10)
    if not report.open_orders:
        _line(paper, "无", color=_GREY)
    elif orders.still_open > OPEN_MOST:
        _line(paper, f"另有 {orders.still_open - OPEN_MOST} 件,见工单列表", color=_GREY)


def _broadcasts(paper: FPDF, report: EmergencyReport, delivered: Mapping[int, int]) -> None:
    _heading(paper, "通报与回执")
    for each in report.broadcasts:
        _line(paper, f"{wording.clock(each.sent_at)} {each.sent_by} → {each.group_zh or '全体值班人员'}:{each.text}")
        _line(paper, wording.receipts(each, delivered.get(each.id)), size=10, color=_GREY)
        if each.choices:
            pairs = zip(each.choices, each.by_choice, strict=True)
            _line(paper, ";".join(f"{choice} {count}" for choice, count in pairs), size=10)
    if not report.broadcasts:
        _line(paper, "无", color=_GREY)


def _log(paper: FPDF, report: EmergencyReport) -> None:
    _heading(paper, "情况记录")
    for entry in report.entries:
        by = f"({entry.entered_by})" if entry.entered_by else ""
        place = f" {entry.place}" if entry.place else ""
        _line(
            paper, f"{wording.clock(entry.happened_at)} {wording.ENTRIES[entry.kind]}{by}{place}:{entry.text}", size=10
        )


def _heading(paper: FPDF, words: str) -> None:
    paper.ln(3)
    _line(paper, words, size=13, height=8)


def _line(
    paper: FPDF, words: str, *, size: int = 11, height: float = _LINE_MM, color: Sequence[int] = (0, 0, 0)
) -> None:
    paper.set_font(_FONT, size=size)
    paper.set_text_color(*color)
    known = paper.fonts[_FONT].cmap  # type: ignore[union-attr]  # only embedded fonts are used
    shown = "".join(sign if sign == "\n" or ord(sign) in known else _NO_GLYPH for sign in words)
    paper.multi_cell(_WIDTH_MM, height, shown, new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR)
