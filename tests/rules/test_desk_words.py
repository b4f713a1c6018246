"""The desk's words without a database: filters in the URL, cells of the export, steps of the map."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.orders.desk import DeskCell, DeskFilter, DeskOrder, DeskTab, DueWhen
from backend.orders.model.names import ItemName, PersonName, UnitName
from backend.places.outlines import Drawing, Outline
from backend.routes.actions.desk_filters import read_filter, write_filter
from backend.web.views import desk_csv, grid_map

FILTERS = st.builds(
    DeskFilter,
    tab=st.sampled_from(DeskTab),
    due=st.none() | st.sampled_from(DueWhen),
    item=st.sampled_from(("", "A", "A1", "A101")),
    unit_id=st.none() | st.integers(1, 10**17),
    handler_id=st.none() | st.integers(1, 10**17),
    area=st.sampled_from(("", "31", "310115105", "310115105001")),
    grid=st.sampled_from(("", "310115105001001")),
    priority=st.sampled_from(("", "P0", "P4")),
    source=st.sampled_from(("", "root_cause")),
    text=st.text(st.characters(categories=("L", "N", "P", "S")), max_size=60),
    since=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    until=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)),
)


@given(FILTERS)
def test_a_filter_is_the_same_after_its_way_through_the_url(wanted):
    from urllib.parse import parse_qsl

    assert read_filter(dict(parse_qsl(write_filter(wanted)))) == (wanted, [])


@given(
    st.dictionaries(st.sampled_from(("tab", "due", "item", "unit", "area", "grid", "from", "until", "q")), st.text())
)
def test_whatever_stands_in_the_url_is_a_filter_or_named_as_unread(query):
    wanted, unread = read_filter(query)

    assert isinstance(wanted, DeskFilter)
    assert set(unread) <= set(query)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("tab", "everything"),
        ("due", "tomorrow"),
        ("item", "A10"),
        ("item", "a101"),
        ("unit", "0"),
        ("unit", "-1"),
        ("unit", "9" * 19),
        ("unit", "١٢"),
        ("area", "3101151"),
        ("grid", "310115105"),
        ("priority", "P9"),
        ("from", "2026-02-30"),
        ("from", "1066-10-14"),
        ("until", "20261125"),
        ("q", "a\x00b"),
        ("q", "长" * 61),
    ],
)
def test_a_value_that_means_nothing_is_left_out_and_named(word, value):
    assert read_filter({word: value}) == (DeskFilter(), [word])


def test_a_change_of_tab_keeps_the_rest_of_the_filter():
    wanted = DeskFilter(tab=DeskTab.VERIFY, item="A1", unit_id=7)

    assert write_filter(wanted, tab=DeskTab.ENDED) == "tab=ended&item=A1&unit=7"
    assert write_filter(wanted, tab=DeskTab.OPEN, unit_id=None) == "item=A1"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_of_the_export_begins_like_a_formula(first):
    text = desk_csv.lines([_order(place=f"{first}HYPERLINK(1)", handler=f"{first}cmd")], "zh").decode()

    (row,) = csv.reader(io.StringIO(text, newline=""))
    assert row[5] == f"'{first}HYPERLINK(1)"
    assert row[9] == f"'{first}cmd"
    assert not any(cell.startswith(first) for cell in row)


def test_the_export_tells_instants_in_shanghai_and_begins_with_a_byte_order_mark():
    head, line = desk_csv.head("en"), desk_csv.lines([_order()], "en").decode()

    assert head.startswith(b"\xef\xbb\xbfNumber,State,")
    assert "2026-11-25T08:30:00+08:00" in line
    assert len(next(csv.reader([line]))) == len(next(csv.reader([head.decode()])))


def test_commas_quotes_and_lines_within_a_cell_stay_in_it():
    text = desk_csv.lines([_order(place='楼上,"3"室\n后门')], "zh").decode()

    assert next(csv.reader(io.StringIO(text, newline="")))[5] == '楼上,"3"室\n后门'


@pytest.mark.parametrize(("count", "step"), [(1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (10, 3), (11, 4), (900, 4)])
def test_the_steps_of_colour(count, step):
    assert grid_map.step_of(count) == step
    assert [each.words for each in grid_map.steps()] == ["1–2", "3–5", "6–10", "11+"]


def test_a_map_draws_the_counted_cells_and_the_rest_as_borders():
    shapes = [Outline("1", True, "M0 0", 10.0, -10.0, 100.0), Outline("2", False, "M1 1", 0.0, 0.0, 500.0)]

    drawn = grid_map.map_of(Drawing(1000, 500, shapes), [DeskCell(code="1", count=4, overdue=1)])

    assert [(cell.code, cell.text, cell.is_late) for cell in drawn.cells] == [("1", "4", True)]
    assert drawn.cells[0].colours == grid_map.STEP_COLOURS[1]
    assert drawn.outlines == ["M1 1"]
    assert drawn.view_box == "-20 -520 1040 540"


def _order(place: str = "莲安东路100号", handler: str = "张三") -> DeskOrder:
    return DeskOrder(
        id=1,
        number="YM261125-000001",
        version=1,
        state="accepted",
        priority="P2",
        item=ItemName(code="A101", name_zh="非机动车乱停放", name_en="Badly parked bicycles"),
        place=place,
        area_code="310115105001",
        grid_code="310115105001001",
        source_kind="report",
        unit=UnitName(id=1, name_zh="巡查队", name_en="Patrol"),
        handler=PersonName(id=1, name=handler),
        opened_at=datetime(2026, 11, 25, 0, 30, tzinfo=UTC),
        due_at=None,
        ended_at=None,
        rework_count=0,
        hop_count=0,
        rating=None,
        is_supervised=False,
        is_urged=False,
        followers=0,
    )
