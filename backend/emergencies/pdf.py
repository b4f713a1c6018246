"""The report of an emergency as PDF: a sign of what people wrote that no font has keeps nothing from being printed."""

from collections.abc import Mapping
from pathlib import Path

from backend.emergencies import wording
from backend.emergencies.report import OPEN_MOST, EmergencyReport
from backend.paper import GREY, MissingGlyph, PdfReport


def render(report: EmergencyReport, delivered: Mapping[int, int], font: Path) -> bytes:
    """The document. `delivered`: by broadcast, how many messages reached a phone."""
    paper = PdfReport(wording.headline(report.emergency), report.made_at, font, MissingGlyph.MARKED)
    _head(paper, report)
    _orders(paper, report)
    _broadcasts(paper, report, delivered)
    _log(paper, report)
    paper.line(f"生成时间 {wording.clock(report.made_at)}(北京时间)", color=GREY, size=9)
    return paper.finish()


def _head(paper: PdfReport, report: EmergencyReport) -> None:
    emergency = report.emergency
    paper.headline(wording.headline(emergency))
    lasted = wording.lasted(emergency.begun_at, report.until)
    paper.line(f"启动 {wording.clock(emergency.begun_at)}({emergency.begun_by}):{emergency.reason}")
    for level in report.levels:
        paper.line(f"{wording.clock(level.set_at)} {wording.ROMAN[level.level]}级({level.set_by}):{level.reason}")
    if emergency.ended_at is not None:
        paper.line(f"结束 {wording.clock(emergency.ended_at)}({emergency.ended_by}):{emergency.end_reason}")
    paper.line(f"历时 {lasted}。预案:{emergency.plan_zh or '无'}。值班表:{emergency.roster or '日常'}。")


def _orders(paper: PdfReport, report: EmergencyReport) -> None:
    paper.heading("工单")
    orders = report.orders
    closed = f"办结 {orders.closed} 件(其中期间新开 {orders.closed_of_opened} 件)"
    paper.line(f"期间新开 {orders.opened} 件(紧急 {orders.urgent} 件),{closed},仍未办结 {orders.still_open} 件。")
    paper.heading("未办结工单及承办")
    for order in report.open_orders:
        holder = " ".join(part for part in (order.unit_zh, order.handler) if part) or "城运中心"
        paper.line(f"· {order.number} {order.priority} {order.item_zh} {order.place} → {holder}", size=10)
    if not report.open_orders:
        paper.line("无", color=GREY)
    elif orders.still_open > OPEN_MOST:
        paper.line(f"另有 {orders.still_open - OPEN_MOST} 件,见工单列表", color=GREY)


def _broadcasts(paper: PdfReport, report: EmergencyReport, delivered: Mapping[int, int]) -> None:
    paper.heading("通报与回执")
    for each in report.broadcasts:
        paper.line(f"{wording.clock(each.sent_at)} {each.sent_by} → {each.group_zh or '全体值班人员'}:{each.text}")
        paper.line(wording.receipts(each, delivered.get(each.id)), size=10, color=GREY)
        if each.choices:
            pairs = zip(each.choices, each.by_choice, strict=True)
            paper.line(";".join(f"{choice} {count}" for choice, count in pairs), size=10)
    if not report.broadcasts:
        paper.line("无", color=GREY)


def _log(paper: PdfReport, report: EmergencyReport) -> None:
    paper.heading("情况记录")
    for entry in report.entries:
        by = f"({entry.entered_by})" if entry.entered_by else ""
        place = f" {entry.place}" if entry.place else ""
        paper.line(f"{wording.clock(entry.happened_at)} {wording.ENTRIES[entry.kind]}{by}{place}:{entry.text}", size=10)
