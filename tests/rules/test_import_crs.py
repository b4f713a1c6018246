"""What a GeoJSON's reference system is taken for, in every spelling that programs write."""

import pytest

from backend.places.importing.crs import CrsKind, name_of, read

DEGREES = (
    *("EPSG:4326", "epsg:4326", "EPSG::4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:EPSG:6.9:4326"),
    *("urn:x-ogc:def:crs:EPSG:4326", "http://www.opengis.net/def/crs/EPSG/0/4326", "https://www.opengis.net/def/crs/EPSG/0/4490"),
    *("http://www.opengis.net/gml/srs/epsg.xml#4326", "http://spatialreference.org/ref/epsg/4326/proj4/"),
    *("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84", "CRS84"),
    *("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/OGC/0/CRS84h"),
    *("EPSG:4490", "urn:ogc:def:crs:EPSG::4490", "EPSG:4979", "WGS84", "WGS 84", "WGS_1984", "GCS_WGS_1984"),
    *("CGCS2000", "GCS_China_Geodetic_Coordinate_System_2000", "2000国家大地坐标系", "ＥＰＳＧ：４３２６"),
)  # fmt: skip
OTHER = (
    *("EPSG:3857", "urn:ogc:def:crs:EPSG::3857", "http://www.opengis.net/def/crs/EPSG/0/32651", "EPSG:900913"),
    *("EPSG:4214", "EPSG:4610", "EPSG:4549", "EPSG:43260", "WGS 84 / UTM zone 51N", "CGCS2000 / Gauss-Kruger zone 21"),
    *("Beijing 1954", "Xian 1980", "WGS 84 / Pseudo-Mercator"),
)


@pytest.mark.parametrize("name", DEGREES)
def test_degrees_of_wgs84_and_cgcs2000_are_taken(name):
    assert read(name) is CrsKind.DEGREES


@pytest.mark.parametrize("name", OTHER)
def test_metres_and_other_ellipsoids_are_not(name):
    assert read(name) is CrsKind.OTHER


@pytest.mark.parametrize(
    ("name", "told"),
    [
        *((name, CrsKind.GCJ02) for name in ("GCJ02", "GCJ-02", "gcj_02", "火星坐标系", "urn:amap:gcj02", "高德")),
        *((name, CrsKind.BD09) for name in ("BD09", "bd-09", "BD09LL", "百度坐标")),
        *((name, CrsKind.UNKNOWN) for name in ("LOCAL", "", "上海城市坐标系")),
    ],
)
def test_a_shifted_datum_is_told_by_its_name(name, told):
    assert read(name) is told


@pytest.mark.parametrize(
    ("crs", "name"),
    [
        ({"type": "name", "properties": {"name": "EPSG:4326"}}, "EPSG:4326"),
        ({"type": "link", "properties": {"href": "http://x/epsg/4326/", "type": "proj4"}}, "http://x/epsg/4326/"),
        ({"type": "EPSG", "properties": {"code": 4490}}, "EPSG:4490"),
        ({"type": "OGC", "properties": {"urn": "x"}}, ""),
        ("EPSG:4326", "EPSG:4326"),
        ({}, ""),
        ([], ""),
        ({"type": None, "properties": {"name": {"a": 1}}}, ""),
    ],
)
def test_the_name_is_found_in_every_form(crs, name):
    assert name_of(crs) == name
