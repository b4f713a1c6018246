"""What a page says of its map: where to look, what to draw, in which words and how large."""

import json
from datetime import UTC, datetime

import pytest

from backend.geo.lonlat import LonLat
from backend.maps.ground import Ground
from backend.maps.tile_matrix import Bounds
from backend.orders.model.states import OPEN
from backend.web.views import dot_map, live_map
from backend.web.views.dot_map import DotPoint
from backend.web.views.live_map import MapMark, PictureService
from backend.web.views.page import PageContext

GROUND = Ground("7-9-1", Bounds(121.5, 31.1, 121.6, 31.2))


def page(lang: str = "zh", *, big: bool = False) -> PageContext:
    return PageContext(lang=lang, big=big, path="/", now=datetime(2026, 11, 28, tzinfo=UTC), hotline="12345")


def test_a_map_looks_at_its_ground_by_the_grounds_version() -> None:
    made = live_map.map_of(page(), GROUND, "网格图")

    assert made.base == "/tiles/base/{z}/{x}/{y}.mvt?v=7-9-1"
    assert made.bounds == "121.500000,31.100000,121.600000,31.200000"
    assert (made.orders, made.pin, made.marks, made.service) == ("", "", "", "")


def test_without_an_area_the_pin_says_where() -> None:
    made = live_map.map_of(page(), Ground("1", None), "", pin=LonLat(121.5537, 31.1786), picks=True)

    assert (made.bounds, made.pin, made.picks) == ("", "121.553700,31.178600", True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_words_are_the_readers_and_name_every_state_of_an_open_order(lang: str) -> None:
    words = json.loads(live_map.map_of(page(lang), GROUND, "").words)

    assert {f"state_{state}" for state in OPEN} <= words.keys()
    assert all(words.values()) and not any(word.startswith(("map.", "state.")) for word in words.values())
    assert "{h}" in words["left"] and "{h}" in words["over"]


def test_letters_are_larger_for_large_type_and_as_large_as_a_wall_wants() -> None:
    scales = [
        live_map.map_of(page(big=big), GROUND, "", scale=scale).scale
        for big, scale in ((False, None), (True, None), (True, 2.5))
    ]

    assert scales[0] == 1 < scales[1] < scales[2] == 2.5


def test_a_service_beneath_is_asked_through_us() -> None:
    made = live_map.map_of(page(), GROUND, "", service=PictureService(["/tiles/service/0/{z}/{x}/{y}"], "天地图"))

    assert (made.service, made.credit) == ("/tiles/service/0/{z}/{x}/{y}", "天地图")


def test_devices_lead_to_their_rows_and_those_that_need_a_look_lie_above() -> None:
    dots = [DotPoint(1, "烟感", 121.55, 31.17, "bad"), DotPoint(2, "水浸", 121.56, 31.18, "good")]

    assert dot_map.marks_of(dots, "sensor") == [
        MapMark(121.56, 31.18, "", "good", "水浸", "#sensor-2"),
        MapMark(121.55, 31.17, "", "bad", "烟感", "#sensor-1"),
    ]
    assert dot_map.bounds_of(dots) == Bounds(121.55, 31.17, 121.56, 31.18)
    assert dot_map.bounds_of([]) is None
