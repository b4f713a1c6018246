"""A report as PDF: A4, the text in an embedded subset of a font with Chinese characters, bars drawn as filled boxes.

Loaded with the first report: the library and the font take memory that most processes never need.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import WrapMode

from backend.calendars.rules import SHANGHAI
from shops.analysis import wording
from shops.analysis.structs import FoundInMonth, ReportedFinding, ShopReport

_FONT, _MARGIN_MM, _LINE_MM = "text", 16, 6.5
_WIDTH_MM = 210 - 2 * _MARGIN_MM
_SC = 2
"""In Noto's CJK collections the third face is the one for simplified Chinese; the first is Japanese."""
_BAR = (20, 80, 154)
_GREY = (90, 90, 90)
_NO_GLYPH = "?"
_MOST = 24
"""Findings that are listed; the page says how many more there are."""


_MOST_ROWS = 12
"""Of the score: the latest."""


class GlyphsMissing(RuntimeError):
    """The font lacks characters of the report: it would have holes."""


class _Warnings(logging.Handler):
    """What the library only logs: characters that the font does not have."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def render(report: ShopReport, font: Path) -> bytes:
    """The document. Raises GlyphsMissing."""
    log, caught = logging.getLogger("fpdf"), _Warnings()
    log.addHandler(caught)
    try:
        paper = FPDF(unit="mm", format="A4")
        paper.set_margins(_MARGIN_MM, _MARGIN_MM)
        paper.set_auto_page_break(True, _MARGIN_MM)
        paper.set_creator("Yima")
        paper.set_title(f"{report.shop} {wording.headline(report)}")
        paper.set_creation_date(report.made_at)
        paper.add_font(_FONT, "", font, collection_font_number=_face(font))
        paper.add_page()
        _write(paper, report)
        document = bytes(paper.output())
        for opened in paper.fonts.values():
            opened.ttfont.close()  # type: ignore[union-attr]  # only embedded fonts are used
    finally:
        log.removeHandler(caught)
    if missing := [message for message in caught.messages if "glyph" in message]:
        raise GlyphsMissing(missing[0])
    return document


def _face(font: Path) -> int:
    return _SC if font.suffix == ".ttc" and "Noto" in font.name else 0


def _write(paper: FPDF, report: ShopReport) -> None:
    _line(paper, wording.headline(report), size=18, height=10)
    _line(paper, _printable(paper, report.shop), size=13, height=8)
    _line(paper, _printable(paper, report.address), color=_GREY)
    _line(paper, wording.summary(report))
    _line(paper, wording.why(report))
    for row in report.score_rows[-_MOST_ROWS:]:
        _line(paper, f"· {row.finding.found_on} {row.finding.words_zh} {row.change:+g} 分", size=10)
    _heading(paper, "各部门发现")
    for part in report.departments:
        name = wording.DEPARTMENTS.get(part.department, part.department)
        words = f"{name}  发现 {part.found} 项,扣 {part.points} 分,按期整改 {part.fixed_in_time} 项"
        _line(paper, f"{words},未整改 {part.open} 项(逾期 {part.overdue} 项)")
    if not report.departments:
        _line(paper, "无", color=_GREY)
    _heading(paper, "近六个月发现数")
    _bars(paper, report.trend)
    _heading(paper, "下一步")
    for advice in report.advice:
        _line(paper, f"· {wording.next_step(advice)}")
    _heading(paper, "本月明细")
    for finding in report.findings[:_MOST]:
        _finding(paper, finding)
    if len(report.findings) > _MOST:
        _line(paper, f"另有 {len(report.findings) - _MOST} 项,见网页", color=_GREY)
    _line(paper, f"生成时间 {_clock(report.made_at)}(北京时间)。如有异议,请在网页上申诉。", color=_GREY, size=9)


def _printable(paper: FPDF, name: str) -> str:
    """A name as people chose it, with a mark for what no font has: no sign of it keeps its shop from the report."""
    known = paper.fonts[_FONT].cmap  # type: ignore[union-attr]  # only embedded fonts are used
    return "".join(sign if ord(sign) in known else _NO_GLYPH for sign in name)


def _heading(paper: FPDF, words: str) -> None:
    paper.ln(3)
    _line(paper, words, size=13, height=8)


def _line(
    paper: FPDF, words: str, *, size: int = 11, height: float = _LINE_MM, color: Sequence[int] = (0, 0, 0)
) -> None:
    if not words:
        return
    paper.set_font(_FONT, size=size)
    paper.set_text_color(*color)
    paper.multi_cell(_WIDTH_MM, height, words, new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR)


def _bars(paper: FPDF, trend: Sequence[FoundInMonth]) -> None:
    """A bar for each month, to scale, with its count beside it."""
    most = max((each.found for each in trend), default=0) or 1
    width = _WIDTH_MM - 44
    paper.set_font(_FONT, size=10)
    paper.set_text_color(0, 0, 0)
    for each in trend:
        top = paper.get_y()
        paper.set_xy(_MARGIN_MM, top)
        paper.cell(22, 6, each.month)
        if each.found:
            paper.set_fill_color(*_BAR)
            paper.rect(_MARGIN_MM + 24, top + 1.2, width * each.found / most, 3.6, style="F")
        paper.set_xy(_MARGIN_MM + 26 + width * each.found / most, top)
        paper.cell(18, 6, str(each.found), new_x="LMARGIN", new_y="NEXT")


def _finding(paper: FPDF, finding: ReportedFinding) -> None:
    name = wording.DEPARTMENTS.get(finding.department, finding.department)
    state = f"已于 {_clock(finding.fixed_at)} 整改" if finding.fixed_at else f"须在 {_clock(finding.due_at)} 前整改"
    marks = "".join((",重复" if finding.is_repeat else "", ",逾期" if finding.is_overdue else ""))
    _line(paper, f"· {finding.found_on} {name}:{finding.words_zh}({finding.points} 分{marks}),{state}")


def _clock(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}"
