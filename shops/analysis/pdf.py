"""A shop's report as PDF: it has no holes but in the names that people gave their shop and address."""

from datetime import datetime
from pathlib import Path

from backend.calendars.rules import SHANGHAI
from backend.paper import GREY, MissingGlyph, PdfReport
from shops.analysis import wording
from shops.analysis.structs import ReportedFinding, ShopReport

_MOST = 24
"""Findings that are listed; the page says how many more there are."""
_MOST_ROWS = 12
"""Of the score: the latest."""


def render(report: ShopReport, font: Path) -> bytes:
    """The document. Raises GlyphsMissing."""
    paper = PdfReport(f"{report.shop} {wording.headline(report)}", report.made_at, font, MissingGlyph.REFUSED)
    _write(paper, report)
    return paper.finish()


def _write(paper: PdfReport, report: ShopReport) -> None:
    paper.headline(wording.headline(report))
    paper.line(paper.printable(report.shop), size=13, height=8)
    paper.line(paper.printable(report.address), color=GREY)
    paper.line(wording.summary(report))
    paper.line(wording.why(report))
    for row in report.score_rows[-_MOST_ROWS:]:
        paper.line(f"· {row.finding.found_on} {row.finding.words_zh} {row.change:+g} 分", size=10)
    paper.heading("各部门发现")
    for part in report.departments:
        name = wording.DEPARTMENTS.get(part.department, part.department)
        words = f"{name}  发现 {part.found} 项,扣 {part.points} 分,按期整改 {part.fixed_in_time} 项"
        paper.line(f"{words},未整改 {part.open} 项(逾期 {part.overdue} 项)")
    if not report.departments:
        paper.line("无", color=GREY)
    paper.heading("近六个月发现数")
    paper.bars([(each.month, each.found) for each in report.trend])
    paper.heading("下一步")
    for advice in report.advice:
        paper.line(f"· {wording.next_step(advice)}")
    paper.heading("本月明细")
    for finding in report.findings[:_MOST]:
        _finding(paper, finding)
    if len(report.findings) > _MOST:
        paper.line(f"另有 {len(report.findings) - _MOST} 项,见网页", color=GREY)
    paper.line(f"生成时间 {_clock(report.made_at)}(北京时间)。如有异议,请在网页上申诉。", color=GREY, size=9)


def _finding(paper: PdfReport, finding: ReportedFinding) -> None:
    name = wording.DEPARTMENTS.get(finding.department, finding.department)
    state = f"已于 {_clock(finding.fixed_at)} 整改" if finding.fixed_at else f"须在 {_clock(finding.due_at)} 前整改"
    marks = "".join((",重复" if finding.is_repeat else "", ",逾期" if finding.is_overdue else ""))
    paper.line(f"· {finding.found_on} {name}:{finding.words_zh}({finding.points} 分{marks}),{state}")


def _clock(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}"
