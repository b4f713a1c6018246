"""The shift of Chinese maps: where it holds, how large it is, and that taking it off again is exact."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.geo.datum import Datum, from_wgs84, is_on_mainland, to_wgs84
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from bench.parts.outside import DATA

SHIFTED = (Datum.GCJ02, Datum.BD09)
CITIES = DATA / "gcj02/cities_100.json"

# Corners of a box that lies wholly on the mainland, and of one that crosses every kind of border.
INLAND = some.builds(LonLat, some.floats(100, 119), some.floats(25, 40))
AROUND_CHINA = some.builds(LonLat, some.floats(72, 137), some.floats(3, 54))
ANYWHERE = some.builds(LonLat, some.floats(-180, 180), some.floats(-90, 90))

BEICAI = LonLat(121.553700, 31.178600)
ON_THE_MAINLAND = {
    "Luohu": (114.118, 22.533),
    "Gongbei": (113.551, 22.220),
    "Hengqin": (113.520, 22.130),
    "Xiamen": (118.190, 24.480),
    "Yangshan port": (122.070, 30.630),
    "Sanya": (109.500, 18.250),
    "Dandong": (124.380, 40.120),
    "Mohe": (122.540, 52.970),
    "Kashgar": (75.990, 39.470),
    "Ruili": (97.850, 24.010),
}
NOT_SHIFTED = {
    "Hong Kong Central": (114.1587, 22.2816),
    "Sheung Shui": (114.128, 22.501),
    "Macao": (113.5439, 22.1987),
    "Taipa": (113.556, 22.156),
    "Taipei": (121.560, 25.030),
    "Kinmen": (118.360, 24.440),
    "Matsu": (119.940, 26.160),
    "Seoul": (126.980, 37.570),
    "Jeju": (126.500, 33.400),
    "Hanoi": (105.850, 21.030),
    "Ulaanbaatar": (106.900, 47.900),
    "Vladivostok": (131.900, 43.100),
}


@pytest.mark.parametrize(
    ("datum", "lng", "lat"), [(Datum.GCJ02, 121.557955, 31.176415), (Datum.BD09, 121.564344, 31.182773)]
)
def test_the_published_vector_of_pudong_comes_out(datum, lng, lat):
    shifted = from_wgs84(BEICAI.lng, BEICAI.lat, datum)

    assert (round(shifted.lng, 6), round(shifted.lat, 6)) == (lng, lat)


def test_a_forgotten_conversion_in_pudong_is_off_by_nearly_half_a_kilometre():
    shifted = from_wgs84(BEICAI.lng, BEICAI.lat, Datum.GCJ02)

    assert 472 < metres_between(BEICAI, shifted) < 481


@pytest.mark.parametrize("name", ON_THE_MAINLAND)
def test_the_mainland_is_shifted_up_to_its_edges(name):
    lng, lat = ON_THE_MAINLAND[name]

    assert metres_between(LonLat(lng, lat), from_wgs84(lng, lat, Datum.GCJ02)) > 100


@pytest.mark.parametrize("datum", SHIFTED)
@pytest.mark.parametrize("name", NOT_SHIFTED)
def test_places_off_the_mainland_are_not_shifted(name, datum):
    lng, lat = NOT_SHIFTED[name]

    assert from_wgs84(lng, lat, datum) == LonLat(lng, lat)


@given(point=AROUND_CHINA, datum=some.sampled_from(SHIFTED))
def test_every_mainland_point_comes_back_to_itself(point, datum):
    shifted = from_wgs84(point.lng, point.lat, datum)

    back = to_wgs84(shifted.lng, shifted.lat, datum)

    if is_on_mainland(point.lng, point.lat):
        assert metres_between(point, back) < 0.0001


@given(point=ANYWHERE, datum=some.sampled_from(list(Datum)))
def test_every_position_on_earth_has_an_answer_less_than_two_kilometres_away(point, datum):
    shifted = from_wgs84(point.lng, point.lat, datum)
    original = to_wgs84(point.lng, point.lat, datum)

    assert metres_between(point, shifted) < 2_000
    assert metres_between(point, original) < 2_000


@given(point=INLAND, datum=some.sampled_from(SHIFTED), east_m=some.floats(-50, 50), north_m=some.floats(-50, 50))
def test_neighbours_stay_neighbours(point, datum, east_m, north_m):
    neighbour = LonLat(point.lng + east_m / 100_000, point.lat + north_m / 111_000)
    apart_m = metres_between(point, neighbour)

    moved_apart_m = metres_between(
        from_wgs84(point.lng, point.lat, datum), from_wgs84(neighbour.lng, neighbour.lat, datum)
    )

    assert abs(moved_apart_m - apart_m) < 0.03 * apart_m + 0.01


@given(point=ANYWHERE)
def test_wgs84_is_left_alone(point):
    assert to_wgs84(point.lng, point.lat, Datum.WGS84) == point
    assert from_wgs84(point.lng, point.lat, Datum.WGS84) == point


@pytest.mark.parametrize("datum", SHIFTED)
def test_a_hundred_cities_agree_with_a_published_table(datum):
    if not CITIES.exists():
        pytest.skip(f"{CITIES} is not on this machine")
    cities = [city["coords"] for city in json.loads(CITIES.read_text())]

    # The table itself carries a constant offset of 0.7 m: its WGS-84 column was cut off after five digits.
    off_m = [
        max(
            metres_between(from_wgs84(*city["WGS84"], datum), LonLat(*city[datum.upper()])),
            metres_between(to_wgs84(*city[datum.upper()], datum), LonLat(*city["WGS84"])),
        )
        for city in cities
    ]

    assert len(off_m) == 100
    assert max(off_m) < 0.8
