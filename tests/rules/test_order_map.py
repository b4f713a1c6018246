"""Where an order is, on its page: what is drawn, what is said of it, and what a map app is asked for."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.orders.model.names import Point
from backend.places.vicinity import NearbyBorder, NearbyPlace, NearbyRoad, Vicinity, moved, offset_m
from backend.web.views import order_map
from backend.web.views.page import PageContext
from backend.web.views.templates import environment
from backend.web.views.way_links import links_of

DOOR = LonLat(121.5537, 31.1786)
PAGE = PageContext(lang="zh", big=False, path="/", now=datetime(2026, 11, 27, tzinfo=UTC), hotline="12345")
FIGURE_MAX_BYTES = 6 * 1024
_SVG = """{% import "partials/vicinity.html" as vicinity %}
{{ vicinity.draw(map.drawn, map.numbers, 13, 13) }}{{ vicinity.pin() }}"""
metres = st.floats(-300, 300)


def at(lng: float = 121.55371, lat: float = 31.17864) -> Any:
    return SimpleNamespace(point=Point(lng=lng, lat=lat))


def around(**changes: Any) -> Vicinity:
    return Vicinity(**{"half_m": order_map.HALF_M, "roads": [], "borders": [], "places": [], **changes})


@given(metres, metres)
def test_what_is_drawn_so_many_metres_away_lies_so_far_in_that_direction(east_m, south_m):
    there = moved(DOOR, east_m, south_m)

    assert offset_m(DOOR, there) == pytest.approx((east_m, south_m), abs=0.01)
    assert metres_between(DOOR, there) == pytest.approx((east_m**2 + south_m**2) ** 0.5, abs=0.1)


@pytest.mark.parametrize(
    ("wind", "goals"),
    [
        *(("n", [(0, -9), (3, -9), (-3, -9)]), ("ne", [(9, -9), (5, -9)]), ("e", [(9, 0)]), ("se", [(9, 9)])),
        *(("s", [(0, 9)]), ("sw", [(-9, 9)]), ("w", [(-9, 0)]), ("nw", [(-9, -9)])),
    ],
)
def test_the_way_is_said_by_the_nearest_of_eight_winds(wind, goals):
    assert {order_map.wind_of(*goal) for goal in goals} == {wind}


def test_the_words_name_the_nearest_three_other_places_and_roads_once():
    places = [NearbyPlace(f"莲安东路{nr}号", f"{nr}", 12.0 * nr, 0) for nr in range(5)]
    roads = [NearbyRoad(name, "M 0 0 L 9 9") for name in ("莲安东路", "莲溪路", "莲安东路")]

    said = order_map.map_of(around(places=places, roads=roads), at(), PAGE)

    assert said.doors == [f"莲安东路{nr}号(东约 {metres} 米)" for nr, metres in ((1, 10), (2, 25), (3, 35))]
    assert said.roads == ["莲安东路", "莲溪路"]
    assert said.drawn.road_names == {1: "莲安东路", 2: "莲溪路"}


def test_a_house_number_is_written_where_it_covers_no_nearer_one_and_not_the_pin():
    spots = {"1": (2, -9), "2": (40, 0), "3": (50, 9), "4": (50, 20), "5": (80, 9)}
    places = [NearbyPlace(f"莲安东路{number}号", number, *spot) for number, spot in spots.items()]

    written = [place.number for place in order_map.map_of(around(places=places), at(), PAGE).numbers]

    assert written == ["2", "4"]


def test_a_position_that_is_told_roughly_gets_no_pin():
    assert order_map.map_of(around(), at(), PAGE).is_exact
    assert not order_map.map_of(around(), at(121.554, 31.179), PAGE).is_exact


def test_the_densest_street_is_drawn_in_six_kilobytes():
    path = "M -170 -74 L -101 -60 -80 -51 -77 -50 -42 -31 -20 -12 0 0 22 11 43 34 85 60 170 75"
    dense = around(
        roads=[NearbyRoad(f"莲安东路第{nr}弄", path) for nr in range(order_map.ROADS_MOST)],
        borders=[NearbyBorder("310115105001", "莲溪第一居民委员会", path) for _ in range(6)],
        places=[
            NearbyPlace(f"莲安东路{nr}弄", f"{nr}甲", nr % 7 * 48.4 - 144, nr // 7 * 28.4 - 104)
            for nr in range(order_map.PLACES_MOST)
        ],
    )
    drawn = order_map.map_of(dense, at(), PAGE)

    svg = environment("zh").from_string(_SVG).render(map=drawn)

    assert drawn.drawn.roads and svg.count("<text ") > 10
    assert len(svg.encode()) + len("".join([*drawn.roads, *drawn.doors]).encode()) < FIGURE_MAX_BYTES


def test_each_map_app_is_asked_for_the_same_place_in_its_own_order():
    links = {link.app: link.url for link in links_of(Point(lng=121.5, lat=31.2), "莲安东路1号 & 2号")}
    asked = {app: parse_qs(urlsplit(url).query) for app, url in links.items()}

    assert asked["amap"]["position"] == ["121.5,31.2"] and asked["amap"]["coordinate"] == ["wgs84"]
    assert asked["amap"]["name"] == ["莲安东路1号 & 2号"]
    assert asked["tencent"]["marker"][0].startswith("coord:31.2,121.5;title:莲安东路1号")
    assert asked["tencent"]["coord_type"] == ["1"]
    assert asked["baidu"]["location"] == ["31.2,121.5"] and asked["baidu"]["coord_type"] == ["wgs84"]
    assert links["phone"].startswith("geo:31.2,121.5?")
