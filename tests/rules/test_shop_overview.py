"""What an overview of shops adds up to, how its map is toned, and where its figures lead."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from backend.places.outlines import Drawing, Outline
from backend.routes.actions import shop_figure_links as links
from backend.web.views import shop_figures, shop_map
from shops.grades.structs import Grade
from shops.overview import rules
from shops.overview.structs import (
    DepartmentRate,
    PickupsSeen,
    RouteTiming,
    ShopCount,
    ShopFigureName,
    ShopOverview,
)
from shops.pickup.kinds import WasteKind
from shops.pickup.routes.structs import SlotLoad

TOWN = "310115105"
TODAY = date(2026, 11, 27)
Name = ShopFigureName


def count(code, a=0, b=0, c=0, **other):
    return ShopCount(code=code, shops=a + b + c, grades={Grade.A: a, Grade.B: b, Grade.C: c}, **other)


def overview(**changes):
    usual = {"area_code": TOWN, "name": "镇", "at": datetime(2026, 11, 27, tzinfo=UTC), "names": {}, "areas": []}
    usual |= {"found_since": TODAY, "pickups_since": TODAY, "total": count(TOWN), "cells": [], "departments": []}
    return ShopOverview(**usual | {"pickups": None} | changes)


def load(route_id, day, *, kind=WasteKind.WET, booked=1):
    names = ("held", "loaded_l", "done", "on_time", "came", "missed")
    rest = dict.fromkeys(names, 0)
    return SlotLoad(
        route_id=route_id, route=f"线{route_id}", on_date=day, kind=kind, capacity=10, booked=booked, load_l=100, **rest
    )


def test_areas_are_added_up_and_come_with_the_late_ones_first():
    cells = [
        count(f"{TOWN}001001", a=2),
        count(f"{TOWN}001002", b=1, overdue=1),
        count(f"{TOWN}002001", c=4, overdue=3),
    ]

    areas = rules.by_prefix([*cells, count(TOWN, a=1)], 12)

    assert [(each.code, each.shops, each.overdue) for each in areas] == [
        (f"{TOWN}002", 4, 3),
        (f"{TOWN}001", 3, 1),
        (TOWN, 1, 0),
    ], "at the end what lies in no committee"
    assert areas[1].grades == {Grade.A: 2, Grade.B: 1, Grade.C: 0}
    assert rules.add(TOWN, cells).shops == 7


def test_figures_say_of_how_many_and_shares_of_nothing_say_nothing():
    seen = overview(
        total=count(TOWN, a=6, b=3, c=1, overdue=2, trading=8, visit_due=5),
        departments=[DepartmentRate(department="fire", found=9, due=4, rectified=3, in_time=1)],
    )

    found = {name.value: (figure.value, figure.n) for name, figure in rules.figures_of(seen).items()}

    assert found == {
        "shops": (10, None),
        "grade_a": (6, 10),
        "grade_b": (3, 10),
        "grade_c": (1, 10),
        "overdue": (2, 10),
        "visit_due": (5, 8),
        "rectified": (0.75, 4),
        "in_time": (0.25, 4),
    }, "and none of pickups for whoever may not read them"
    nothing = rules.figures_of(overview(pickups=PickupsSeen(timings=[], loads=[])))
    assert {nothing[name].value for name in shop_figures.SHARES} == {None}


def test_a_page_says_when_a_share_is_of_few_and_marks_what_is_bad():
    seen = overview(
        total=count(TOWN, a=1, c=1),
        pickups=PickupsSeen(timings=[RouteTiming(route_id=1, route="一线", due=4, on_time=3, missed=1)], loads=[]),
    )

    by_name = {each.name: each for each in shop_figures.shown(rules.figures_of(seen), lambda name: f"/{name}")}

    assert (by_name[Name.ON_TIME].words, by_name[Name.ON_TIME].n, by_name[Name.ON_TIME].is_few) == ("75%", 4, True)
    assert (by_name[Name.RECTIFIED].words, by_name[Name.RECTIFIED].is_few) == ("–", False)
    assert [name for name, each in by_name.items() if each.is_bad] == [Name.GRADE_C]
    assert list(by_name) == list(Name)


def test_the_kinds_of_a_route_s_day_are_one_load_and_every_route_has_a_row():
    tomorrow = TODAY + timedelta(days=1)
    loads = [load(1, TODAY), load(1, TODAY, kind=WasteKind.BULKY, booked=4), load(1, tomorrow)]

    days = rules.by_day(loads)
    timing = RouteTiming(route_id=2, route="二线", due=1, on_time=0, missed=1)
    rows = shop_figures.route_rows([timing], days, [TODAY, tomorrow])

    assert [(each.on_date, each.booked, each.capacity) for each in days] == [(TODAY, 5, 20), (tomorrow, 1, 10)]
    assert [(row.route_id, row.timing, [bool(each) for each in row.days]) for row in rows] == [
        (2, timing, [False, False]),
        (1, None, [True, True]),
    ]


def test_a_cell_has_the_tone_and_the_number_of_its_lowest_grade():
    codes = [f"{TOWN}00100{number}" for number in range(1, 4)]
    outlines = [Outline(code=code, is_cell=True, path="M0 0", x=1, y=-1, side_m=100) for code in [*codes, f"{TOWN}001"]]
    counted = [count(codes[0], a=3), count(codes[1], a=3, b=2), count(codes[2], a=9, b=2, c=1), count(TOWN, a=1)]

    drawn = shop_map.map_of(Drawing(width_m=900, height_m=900, outlines=outlines), counted)

    assert [(cell.grade, cell.text) for cell in drawn.cells] == [(Grade.A, "3"), (Grade.B, "B2"), (Grade.C, "C1")]
    assert len(drawn.outlines) == 1


def test_every_figure_leads_to_a_list_of_its_area():
    paths = {name: links.list_of(name, TOWN) for name in Name}

    assert {parse_qs(urlsplit(path).query)["area"][0] for path in paths.values()} == {TOWN}
    assert paths[Name.GRADE_C] == f"/shops?area={TOWN}&grade=C"
    assert paths[Name.OVERDUE] == f"/shops?area={TOWN}&concern=overdue"
    assert links.list_of(Name.SHOPS, TOWN, f"{TOWN}001001").endswith(f"cell={TOWN}001001")
    assert links.findings_of(TOWN, "fire", "late") == f"/shops/overview/findings?area={TOWN}&department=fire&which=late"
