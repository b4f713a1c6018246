"""An address is taken apart into road, lane, branch lane, door and room, and its names keep their figures."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.intake.locating import divisions, numerals
from backend.intake.locating.addresses import Address, Numbers, read, read_numbers
from backend.intake.locating.folding import fold
from backend.places.structs import AreaName
from bench.parts.written_addresses import figure

NAMES = divisions.names_of([AreaName("310115105", "北蔡镇"), AreaName("310115105001", "莲溪一居委")])


def address(head: str, lane: str = "", branch: str = "", door: str = "", **more: Any) -> Address:
    lanes, branches, doors = (Numbers((each,)) if each else Numbers() for each in (lane, branch, door))
    return Address(head, lanes, branches, doors, **more)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("莲安东路８８弄６支弄３号甲２０１室", address("莲安东路", "88", "6", "3甲", flat="201")),
        ("上南路四千四百六十七弄二十五支弄三号", address("上南路", "4467", "25", "3")),
        ("龙漕路一弄一號", address("龙漕路", "1", door="1")),
        ("中山东一路 18 号", address("中山东一路", door="18")),
        ("莲安东路甲12号", address("莲安东路", door="12甲")),
        ("中山东一路15甲1203室", address("中山东一路", door="15甲", flat="1203")),
        ("莲安东路128#", address("莲安东路", door="128")),
        ("虹桥路1438", address("虹桥路", door="1438")),
        ("莲安东路88弄6-301室", address("莲安东路", "88", door="6", flat="301")),
        ("莲安东路88弄6号楼3单元201", address("莲安东路", "88", door="6", flat="201")),
        ("龙东大道3000号11号楼", address("龙东大道", door="3000", building="11")),
        ("莲安东路88弄（莲安小区）12号", address("莲安东路", "88", door="12", notes=("莲安小区",))),
        ("莲安东路128号对面", address("莲安东路", door="128", tail="对面")),
        ("张杨路560号门口", address("张杨路", door="560", tail="门口")),
        ("莲安东路0012号", address("莲安东路", door="12")),
        ("莲安东路128之2号", address("莲安东路", door="128-2")),
    ],
)
def test_an_address_is_read_however_it_is_written(typed, known):
    assert read(typed) == known


@pytest.mark.parametrize(
    "names",
    [
        "三林镇",
        "七宝镇",
        "五角场",
        "四平路",
        "一大会址",
        "六里桥",
        "两三个人在七宝镇老街",
        "地铁3号线",
        "南京路2号门",
        "2024年3月",
    ],
)
def test_a_figure_that_counts_no_door_stays_in_its_name(names):
    assert read(names) == Address(names)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("10-12", Numbers(ranges=((10, 12),))),
        ("232~240", Numbers(ranges=((232, 240),))),
        ("560、620", Numbers(("560", "620"))),
        ("128甲", Numbers(("128甲",))),
        ("", Numbers()),
    ],
)
def test_a_house_number_may_be_several(typed, known):
    assert read_numbers(typed) == known


def test_of_odd_numbers_only_the_odd_ones_between_are_meant():
    odd, all_ = read_numbers("51-59"), read_numbers("1-4")

    assert odd.covers(Numbers(("53",))) and not odd.covers(Numbers(("54",)))
    assert all_.covers(Numbers(("2",)))
    assert read("平型关路108弄37号、39号").door == Numbers(("37", "39"))
    assert read("莲安东路12号至18号").door == Numbers(ranges=((12, 18),))


@given(st.integers(1, 9999))
def test_every_number_in_chinese_figures_is_the_same_number(number):
    assert fold(f"莲安东路{figure(number)}弄") == f"莲安东路{number}弄"
    assert numerals.figure(figure(number)) == str(number)


@given(st.text(st.sampled_from("莲安东路弄号支室一二十百零12３-、,（）甲 #门\u3000𠮷"), max_size=40))
def test_whatever_is_typed_is_read_and_read_alike_once_it_is_folded(typed):
    assert read(typed) == read(fold(typed))


def test_a_road_is_named_in_figures_as_names_are():
    assert numerals.as_named("中山东1路") == "中山东一路"
    assert numerals.as_named("莲溪12村") == "莲溪十二村"


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        ("", set()),
        ("上海市浦东新区北蔡镇", {"31", "310115", "310115105"}),
        ("浦东北蔡", {"310115", "310115105"}),
        ("南汇区", {"310115"}),
        ("上海市闸北区", {"31", "310106"}),
        ("来电反映:位于", set()),
        ("我家住在北蔡镇莲溪一居委", {"310115105", "310115105001"}),
        ("莲安小区", set()),
    ],
)
def test_what_stands_before_a_road_names_areas_of_today_and_of_before(before, codes):
    found = divisions.take_apart(before, NAMES)

    assert (set().union(*found.areas), found.is_explained) == (codes, True)


@pytest.mark.parametrize("before", ["东", "未央区", "城关镇莲安小区", "假"])
def test_what_nobody_knows_is_not_explained_away(before):
    assert not divisions.take_apart(before, NAMES).is_explained


def test_another_district_allows_no_place_of_ours_and_our_own_does():
    here = "310115105001"

    assert divisions.take_apart("浦东新区北蔡镇", NAMES).allows(here)
    assert divisions.take_apart("南汇区", NAMES).allows(here)
    assert not divisions.take_apart("闸北区", NAMES).allows(here)
    assert not divisions.take_apart("徐汇区浦东新区", NAMES).allows(here)
    assert not divisions.take_apart("江苏省", NAMES).allows(here)
