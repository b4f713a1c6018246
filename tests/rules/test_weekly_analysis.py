"""The weekly analysis: when it is sent, hours and weekdays of roads, busy places with what recurs there."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from backend.calendars.rules import SHANGHAI
from backend.evaluation.weekly import pdf
from backend.evaluation.weekly.places import busy_places
from backend.evaluation.weekly.roads import road_week
from backend.evaluation.weekly.sending import is_due, week_before
from backend.evaluation.weekly.structs import WeeklyAnalysis
from backend.evaluation.weekly.times import times_of
from backend.indicators.reading.reported import PlaceReports, RoadHour
from backend.indicators.structs import Period
from backend.web.views import road_sheet
from backend.web.views.heat import levels_of
from qr.printing.fonts import find_font

MONDAY = datetime(2026, 11, 30, tzinfo=SHANGHAI)
WEEK = Period(date(2026, 11, 23), date(2026, 11, 29))
NAMES = {"A1": "停放秩序", "A101": "非机动车乱停放", "B1": "消防安全"}


@pytest.mark.parametrize("hours", [0, 7, 30, 6 * 24 + 23])
def test_the_week_before_is_whole_and_ends_on_the_sunday_before(hours: int) -> None:
    assert week_before(MONDAY + timedelta(hours=hours)) == WEEK
    assert week_before((MONDAY + timedelta(hours=hours)).astimezone(UTC)) == WEEK


@pytest.mark.parametrize(
    ("hour", "recounted", "due"),
    [
        (6, 3, False),
        (7, 3, True),
        (7, None, False),
        (8, -2, False),
        (9, None, True),
        (40, None, True),
        (-1, -22, True),
    ],
)
def test_it_goes_out_from_seven_on_once_all_is_counted_and_at_nine_in_any_case(
    hour: int, recounted: int | None, due: bool
) -> None:
    """Of the hour before this Monday it is the week before that which is long due."""
    counted_at = None if recounted is None else MONDAY + timedelta(hours=recounted)

    assert is_due(MONDAY + timedelta(hours=hour), counted_at) is due


def test_reports_of_a_road_stand_by_weekday_and_by_three_hours() -> None:
    busy, quiet = times_of(
        [RoadHour("远路", 0, 0, 1), RoadHour("近路", 6, 23, 2), RoadHour("近路", 0, 8, 3), RoadHour("近路", 0, 6, 1)]
    )

    assert (busy.road, busy.n, quiet.road) == ("近路", 6, "远路")
    assert busy.by_weekday == (4, 0, 0, 0, 0, 0, 2)
    assert busy.by_block == (0, 0, 4, 0, 0, 0, 0, 2)
    assert quiet.by_block[0] == 1


def test_a_busy_place_says_what_recurs_and_whether_it_is_more_than_before() -> None:
    rows = [
        *(PlaceReports(7, "近路一号", "近路", "A101", ago, count) for ago, count in ((0, 14), (2, 1), (4, 1))),
        PlaceReports(7, "近路一号", "近路", "B101", 0, 1),
        PlaceReports(8, "8", "", "A201", 0, 3),
        PlaceReports(8, "8", "", "A201", 1, 3),
    ]

    more, same = busy_places(rows)

    assert (more.label, more.by_week, more.reported, more.usual) == ("近路一号", (1, 0, 1, 0, 15), 15, 0.5)
    assert [(each.item_code, each.reported) for each in more.recurring] == [("A101", 16)]
    assert (more.is_more, same.is_more, same.is_less, same.label) == (True, False, False, "8")


@pytest.mark.parametrize(("counts", "levels"), [((0, 0), [0, 0]), ((1, 8), [1, 4]), ((4, 0, 2), [4, 0, 2]), ((), [])])
def test_a_cell_is_as_dark_as_its_part_of_the_largest(counts: tuple[int, ...], levels: list[int]) -> None:
    assert levels_of(counts) == levels


def an_analysis() -> WeeklyAnalysis:
    return WeeklyAnalysis(
        area_code="310115105",
        week=WEEK,
        roads=[road_week("=近路", {"reports": 20, "reports.a1": 20}, 16, ("A1", "B1"))],
        times=times_of([RoadHour("近路", 0, 8, 3)]),
        places=busy_places([PlaceReports(7, "近路一号", "近路", "A101", 0, 3)]),
        classes=("A1", "B1"),
    )


def test_the_sheet_holds_roads_hours_weekdays_and_places() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(road_sheet.write(an_analysis(), NAMES)))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    assert sheets["道路周报"] == [
        ["道路", "本周上报", "前四周周均", "变化", "停放秩序", "消防安全"],
        ["=近路", 20.0, 4.0, "明显增多", 20.0, 0.0],
    ]
    assert sheets["时段"][1][3] == 3.0 and sheets["星期"][1][1] == 3.0
    assert sheets["高频点位"][1] == ["近路一号", "近路", 0.0, 0.0, 0.0, 0.0, 3.0, "无明显变化", "非机动车乱停放 3"]


def test_the_paper_says_the_same_and_an_empty_week_says_so() -> None:
    empty = WeeklyAnalysis(area_code="310115105", week=WEEK, roads=[], times=[], places=[], classes=("A1",))

    shown, blank = (text_of(pdf.render(each, "北蔡镇", NAMES, MONDAY, find_font())) for each in (an_analysis(), empty))

    assert all(words in shown for words in ("北蔡镇案件数据周析", "明显增多", "近路一号", "非机动车乱停放 3", "6–9时"))
    assert "没有道路上的上报" in blank and "没有两次以上上报的点位" in blank


def text_of(document: bytes) -> str:
    with pypdfium2.PdfDocument(document) as opened:
        return "".join(page.get_textpage().get_text_range() for page in opened)
