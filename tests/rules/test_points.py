"""What counts as a position, and what a phone's fix says in WGS-84."""

import msgspec
import pytest

from backend.geo.datum import Datum
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.geo.points import Fix

NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("lng", "lat"),
    [(NAN, 31.0), (121.0, NAN), (INFINITE, 31.0), (180.1, 31.0), (121.0, -90.1), (31.0, 121.0)],
)
def test_what_is_not_on_the_globe_is_no_position(lng, lat):
    with pytest.raises(ValueError, match="longitude first"):
        LonLat(lng, lat)
    with pytest.raises(ValueError, match="longitude first"):
        Fix(lng=lng, lat=lat)


@pytest.mark.parametrize(
    "sent",
    [
        '{"lng": 181, "lat": 31}',
        '{"lng": 1e999, "lat": 31}',
        '{"lng": "121.5", "lat": 31}',
        '{"lng": 121.5}',
        '{"lng": 121.5, "lat": 31, "accuracy_m": -1}',
        '{"lng": 121.5, "lat": 31, "datum": "mars"}',
        '{"lng": 121.5, "lat": 31, "altitude": 4}',
    ],
)
def test_a_fix_that_makes_no_sense_is_refused_when_read(sent):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(sent, type=Fix)


def test_a_fix_without_a_datum_is_wgs84():
    fix = msgspec.json.decode('{"lng": 121.5537, "lat": 31.1786}', type=Fix)

    assert fix.wgs84() == LonLat(121.5537, 31.1786)
    assert fix.accuracy_m is None


def test_a_fix_in_gcj02_is_taken_back_to_the_street():
    fix = Fix(lng=121.557955, lat=31.176415, accuracy_m=12.0, datum=Datum.GCJ02)

    assert metres_between(fix.wgs84(), LonLat(121.5537, 31.1786)) < 0.1


def test_one_degree_of_latitude_and_of_longitude_are_as_long_as_geodesy_says():
    assert metres_between(LonLat(121, 31), LonLat(121, 31.1)) == pytest.approx(11_087.0, abs=1)
    assert metres_between(LonLat(121, 31), LonLat(121.1, 31)) == pytest.approx(9_550.5, abs=1)
    assert metres_between(LonLat(179.9999, 0), LonLat(-179.9999, 0)) == pytest.approx(22.26, abs=0.01)
