"""The weekly analysis on paper: the roads, when their reports come, and the places from which most come.

Names of roads and places are as people wrote them, so a sign that the font does not have is marked, not refused.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from backend.calendars.rules import SHANGHAI
from backend.evaluation.weekly import wording
from backend.evaluation.weekly.structs import WeeklyAnalysis
from backend.paper import GREY, MissingGlyph, PdfReport

_ROAD_MM, _COUNT_MM, _CHANGE_MM = 36, 16, 22


def render(analysis: WeeklyAnalysis, area_zh: str, names: Mapping[str, str], made_at: datetime, font: Path) -> bytes:
    """The document. `names`: of items and their classes, by code."""
    paper = PdfReport(wording.title(analysis, area_zh), made_at, font, MissingGlyph.MARKED)
    paper.headline(f"{area_zh}{wording.HEADLINE}")
    reported = sum(road.reported for road in analysis.roads)
    paper.line(f"{analysis.week.first} 至 {analysis.week.last} · {len(analysis.roads)} 条道路 · 上报 {reported} 件")
    paper.line("增减与前四周周均比较,超出偶然的才标出;没有道路的地点不在道路表内。", size=9, color=GREY)
    _roads(paper, analysis, names)
    _times(paper, analysis)
    _places(paper, analysis, names)
    made = made_at.astimezone(SHANGHAI)
    paper.line(f"生成时间 {made:%Y-%m-%d %H:%M}(北京时间)", size=9, color=GREY)
    return paper.finish()


def _roads(paper: PdfReport, analysis: WeeklyAnalysis, names: Mapping[str, str]) -> None:
    paper.heading("各道路问题种类")
    if not analysis.roads:
        paper.line("这一周没有道路上的上报。", color=GREY)
        return
    rows = [
        (
            road.road,
            str(road.reported),
            f"{road.usual:.1f}",
            wording.change(is_more=road.is_more, is_less=road.is_less),
            wording.classes(road.by_class, names),
        )
        for road in analysis.roads
    ]
    paper.table(("道路", "本周", "周均", "变化", "问题"), rows, (_ROAD_MM, _COUNT_MM, _COUNT_MM, _CHANGE_MM))


def _times(paper: PdfReport, analysis: WeeklyAnalysis) -> None:
    if not analysis.times:
        return
    paper.heading("时段(近五周)")
    rows = [(each.road, *map(str, each.by_block), str(each.n)) for each in analysis.times]
    paper.table(("道路", *wording.HOURS, "合计"), rows, (_ROAD_MM, *[16.0] * len(wording.HOURS)), size=8)
    paper.heading("星期(近五周)")
    rows = [(each.road, *map(str, each.by_weekday), str(each.n)) for each in analysis.times]
    paper.table(("道路", *wording.WEEKDAYS, "合计"), rows, (_ROAD_MM, *[16.0] * len(wording.WEEKDAYS)), size=8)


def _places(paper: PdfReport, analysis: WeeklyAnalysis, names: Mapping[str, str]) -> None:
    paper.heading("高频点位")
    if not analysis.places:
        paper.line("这一周没有两次以上上报的点位。", color=GREY)
        return
    rows = [
        (
            each.label,
            str(each.reported),
            f"{each.usual:.1f}",
            wording.change(is_more=each.is_more, is_less=each.is_less),
            wording.recurring(each, names),
        )
        for each in analysis.places
    ]
    paper.table(("点位", "本周", "周均", "变化", "反复出现"), rows, (58, _COUNT_MM, _COUNT_MM, _CHANGE_MM))
