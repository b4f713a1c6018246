"""Files as offices send them: Excel, KML, a title above the header, capitals, degrees and minutes, a shifted crs."""

import json
import zipfile
from pathlib import Path

import pytest

from backend import db
from backend.geo.datum import Datum, from_wgs84
from backend.places.importing import runs
from backend.places.importing.reasons import FileRefused, RowNote, RowReason
from tests.makers.places import (
    COMMITTEE,
    HOME,
    TOWN,
    feature,
    make_ground,
    options_for,
    point,
    read_errors,
    write_csv,
    write_geojson,
)
from tests.makers.refusals import refused_with, zh
from tests.makers.workbooks import write_workbook

WGS84 = {"datum": Datum.WGS84}
DMS = ("121°33′13.32″", "31°10′42.96″")
"""HOME as an office writes it."""


async def places() -> list[tuple[str, str, str]]:
    rows = await db.fetch("SELECT name, address, area_id FROM place ORDER BY id")
    return [tuple(row) for row in rows]


@pytest.fixture
async def ground(database: str) -> None:
    await make_ground()


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("lng", "lat"),
    [
        DMS,
        ("１２１．５５３７", "３１．１７８６"),
        ("121.5537E", "31.1786N"),
        ("东经121度33分13.32秒", "北纬31度10分42.96秒"),
        ("E121°33'13.32\"", "N 31º 10’ 42.96”"),
        ("121°33.222′", "31°10.716′"),
    ],
)
async def test_a_coordinate_is_read_as_people_write_it(tmp_path, lng, lat):
    path = write_csv(tmp_path / "street.csv", ("名称", "经度", "纬度"), ("点心店", lng, lat))

    report = await runs.import_places(options_for(path, **WGS84))

    assert (report.new, report.rejected.total()) == (1, 0)
    off = await db.fetchval("SELECT ST_Distance(loc, ST_MakePoint($1, $2)::geography) FROM place", HOME.lng, HOME.lat)
    assert off < 0.5


@pytest.mark.usefixtures("ground")
async def test_degrees_with_the_wrong_letter_are_swapped_ones(tmp_path):
    path = write_csv(tmp_path / "street.csv", ("名称", "经度", "纬度"), ("店", "31.17N", "121.55E"))

    report = await runs.import_places(options_for(path, **WGS84))

    assert dict(report.rejected) == {RowReason.SWAPPED: 1}


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("header", [("NAME", "Address", "LONGITUDE", "Latitude"), ("名称", "地址", "X", "Y")])
async def test_headings_are_known_whatever_their_case(tmp_path, header):
    path = write_csv(tmp_path / "street.csv", header, ("点心店", "莲安东路8号", HOME.lng, HOME.lat))

    report = await runs.import_places(options_for(path, **WGS84))

    assert report.unused == []
    assert await places() == [("点心店", "莲安东路8号", COMMITTEE)]


@pytest.mark.usefixtures("ground")
async def test_a_title_above_the_header_is_passed_over_and_lines_are_counted_with_it(tmp_path):
    path = write_csv(
        tmp_path / "street.csv",
        ("北蔡镇沿街商铺清单", "", "", ""),
        ("制表:某某 2026年", "", "", ""),
        ("名称", "地址", "经度", "纬度"),
        ("点心店", "莲安东路8号", HOME.lng, HOME.lat),
        ("坏店", "莲安东路9号", "x", HOME.lat),
    )

    report = await runs.import_places(options_for(path, **WGS84))

    assert (report.new, dict(report.rejected)) == (1, {RowReason.BAD_NUMBER: 1})
    [error] = read_errors(path)
    assert (error["line"], error["名称"]) == ("5", "坏店")


@pytest.mark.usefixtures("ground")
async def test_a_column_that_nothing_is_read_from_is_named_with_what_it_may_mean(tmp_path):
    path = write_csv(tmp_path / "s.csv", ("name", "addr", "lon", "lat"), ("点心店", "莲安东路8号", HOME.lng, HOME.lat))

    report = await runs.import_places(options_for(path, **WGS84))

    assert report.unused == ["addr (address=addr?)"]
    assert any("addr" in line for line in report.lines())


@pytest.mark.usefixtures("ground")
async def test_metres_of_a_projection_are_refused_in_words_that_say_what_to_do(tmp_path):
    path = write_csv(tmp_path / "s.csv", ("名称", "地址", "X", "Y"), ("店", "福州路318号", "13523203.06", "3663045.74"))

    report = await runs.import_places(options_for(path, **WGS84))

    assert dict(report.rejected) == {RowReason.PROJECTED: 1}
    assert report.is_all_rejected
    assert any("EPSG:4326" in line for line in report.lines())


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("where", ["before", "behind"])
@pytest.mark.parametrize(
    ("name", "datum"), [("GCJ02", Datum.GCJ02), ("urn:x:gcj-02", Datum.GCJ02), ("BD-09", Datum.BD09)]
)
async def test_a_shifted_crs_asks_for_its_datum_wherever_it_stands(tmp_path, name, datum, where):
    crs = {"type": "name", "properties": {"name": name}}
    shop = feature(point(from_wgs84(HOME.lng, HOME.lat, datum)), name="点心店")
    members = {"features": [shop], "crs": crs} if where == "behind" else {"crs": crs, "features": [shop]}
    path = tmp_path / "street.json"
    path.write_text(json.dumps({"type": "FeatureCollection", **members}))

    with refused_with(FileRefused, f"--datum {datum}"):
        await runs.import_places(options_for(path))
    await runs.import_places(options_for(path, datum=datum))

    off = await db.fetchval("SELECT ST_Distance(loc, ST_MakePoint($1, $2)::geography) FROM place", HOME.lng, HOME.lat)
    assert off < 0.01


@pytest.mark.usefixtures("ground")
async def test_a_shifted_crs_is_not_taken_for_another_datum(tmp_path):
    crs = {"type": "name", "properties": {"name": "GCJ02"}}
    path = write_geojson(tmp_path / "street.json", feature(point(HOME), name="点"), crs=crs)

    with refused_with(FileRefused, "--datum gcj02"):
        await runs.import_places(options_for(path, datum=Datum.WGS84))


@pytest.mark.usefixtures("ground")
async def test_a_feature_with_a_crs_of_its_own_is_refused_alone(tmp_path):
    odd = feature(point(HOME), name="偏") | {"crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}
    path = write_geojson(tmp_path / "street.json", odd, feature(point(HOME), name="正"))

    report = await runs.import_places(options_for(path))

    assert (report.new, dict(report.rejected)) == (1, {RowReason.BAD_DATUM: 1})


@pytest.mark.usefixtures("ground")
async def test_a_workbook_is_read_like_the_table_it_shows(tmp_path):
    rows = [
        ["北蔡镇门牌", None, None, None],
        ["编号", "名称", "经度", "纬度"],
        [1001, "点心店", HOME.lng, HOME.lat],
        [1002, "坏店", "x", HOME.lat],
        [None, None, None, None],
    ]
    path = write_workbook(tmp_path / "无后缀", rows)

    report = await runs.import_places(options_for(path, **WGS84))

    assert (report.new, dict(report.rejected)) == (1, {RowReason.BAD_NUMBER: 1})
    assert await db.fetchval("SELECT source_key FROM place") == "1001"
    [error] = read_errors(path)
    assert (error["line"], error["编号"]) == ("4", "1002")


def write_kml(path: Path) -> Path:
    corners = " ".join(
        f"{HOME.lng + east},{HOME.lat + north},0"
        for east, north in ((-1e-4, -1e-4), (1e-4, -1e-4), (1e-4, 1e-4), (-1e-4, 1e-4), (-1e-4, -1e-4))
    )
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
        <Placemark id="a"><name>点心店</name><ExtendedData><Data name="地址"><value>莲安东路8号</value></Data>
        </ExtendedData><Point><coordinates>{HOME.lng},{HOME.lat},0</coordinates></Point></Placemark>
        <Placemark id="b"><name>小区</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{corners}</coordinates>
        </LinearRing></outerBoundaryIs></Polygon></Placemark>
        <Placemark id="c"><name>无处</name></Placemark></Folder></Document></kml>""",
        encoding="utf-8",
    )
    return path


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("is_packed", [False, True], ids=["kml", "kmz"])
async def test_placemarks_of_kml_become_places(tmp_path, is_packed):
    path = write_kml(tmp_path / "street.kml")
    if is_packed:
        packed = tmp_path / "street.kmz"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(path, "doc.kml")
        path = packed

    report = await runs.import_places(options_for(path))

    assert (report.new, dict(report.rejected)) == (2, {RowReason.MISSING_VALUE: 1})
    assert dict(report.notes) == {RowNote.POINT_ON_SURFACE: 1}
    assert await places() == [("点心店", "莲安东路8号", COMMITTEE), ("小区", "", COMMITTEE)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]><kml><Placemark/></kml>', "no KML"),
        (b"<kml><Placemark><name>a</name></Placemark>", "no KML after placemark 1"),
        (b'<kml xmlns="http://www.opengis.net/kml/2.2"></kml>', "no Placemark"),
        (b"\xd0\xcf\x11\xe0 no workbook", "workbook"),
    ],
)
def test_what_is_no_table_and_no_map_is_refused_with_what_to_do(tmp_path, content, says):
    path = tmp_path / "file.xls"
    path.write_bytes(content)

    with refused_with(FileRefused, says) as refused:
        list(runs.open_source(options_for(path)).rows())

    assert str(path) in zh(refused.value)


@pytest.mark.parametrize("keeps_added", [True, False], ids=["as-it-stands", "without-the-first-three-columns"])
async def test_the_errors_file_of_a_geojson_import_is_imported_once_it_is_put_right(database, tmp_path, keeps_added):
    codes = write_csv(
        tmp_path / "codes.csv", ("code", "name"), ("310101009", "半淞园路街道"), ("310101002", "外滩街道")
    )
    square = {"type": "Polygon", "coordinates": [[[121.48, 31.2], [121.49, 31.2], [121.49, 31.21], [121.48, 31.2]]]}
    path = write_geojson(tmp_path / "areas.json", feature(square, name="半淞园街道", name_XIAN="黄浦区"))

    first = await runs.import_areas(options_for(path, codes_path=codes))
    [error] = read_errors(path)
    columns = ("line", "reason", "explanation", "feature") if keeps_added else ("feature",)
    mended = {name: text.replace("半淞园街道", "半淞园路街道") for name, text in error.items()}
    right = write_csv(tmp_path / "right.csv", columns, tuple(mended[name] for name in columns))
    second = await runs.import_areas(options_for(right, codes_path=codes))

    assert first.is_all_rejected
    assert "半淞园路街道 310101009" in error["explanation"]
    assert (second.new, second.rejected.total()) == (1, 0)
    assert await db.fetchval("SELECT code FROM area WHERE polygon IS NOT NULL") == "310101009"


@pytest.mark.usefixtures("ground")
async def test_an_errors_file_remembers_that_its_features_are_shifted(tmp_path):
    shifted = from_wgs84(HOME.lng, HOME.lat, Datum.GCJ02)
    path = write_geojson(tmp_path / "shops.json", feature(point(shifted)))
    await runs.import_places(options_for(path, datum=Datum.GCJ02))
    [error] = read_errors(path)
    right = write_csv(
        tmp_path / "right.csv",
        ("feature",),
        (error["feature"].replace('"properties": {}', '"properties": {"name": "店"}'),),
    )

    report = await runs.import_places(options_for(right))

    assert report.new == 1
    off = await db.fetchval("SELECT ST_Distance(loc, ST_MakePoint($1, $2)::geography) FROM place", HOME.lng, HOME.lat)
    assert off < 0.01


@pytest.mark.usefixtures("ground")
async def test_an_outline_left_out_of_the_errors_file_is_not_imported_without_it(tmp_path):
    corners = [[121.5 + nr * 1e-7, 31.1] for nr in range(3_000)]
    path = write_geojson(tmp_path / "areas.json", feature({"type": "LineString", "coordinates": corners}, code=TOWN))
    await runs.import_areas(options_for(path))
    [error] = read_errors(path)
    right = write_csv(
        tmp_path / "right.csv", ("feature",), (error["feature"].replace('"code"', '"name": "北蔡镇", "code"'),)
    )

    report = await runs.import_areas(options_for(right))

    assert len(error["feature"]) < 32_000
    assert dict(report.rejected) == {RowReason.BAD_GEOMETRY: 1}


@pytest.mark.usefixtures("ground")
async def test_a_door_is_one_door_however_its_number_is_written(tmp_path):
    numbers = ("318号", "３１８", "318", "318弄5号", "10-12", "10－12")
    rows = [("莲安东路", number, HOME.lng, HOME.lat) for number in numbers]
    path = write_csv(tmp_path / "doors.csv", ("road", "house_number", "lng", "lat"), *rows)

    first = await runs.import_places(options_for(path, **WGS84))
    turned = write_csv(tmp_path / "doors.csv", ("road", "house_number", "lng", "lat"), *reversed(rows))
    again = await runs.import_places(options_for(turned, **WGS84))

    assert (first.new, dict(first.rejected)) == (3, {RowReason.DUPLICATE: 3})
    assert (again.new, again.changed + again.unchanged) == (0, 3)


@pytest.mark.usefixtures("ground")
async def test_a_key_of_the_source_is_one_key_in_any_width(tmp_path):
    header = ("id", "name", "lng", "lat")
    await runs.import_places(
        options_for(write_csv(tmp_path / "a.csv", header, ("１２", "店", HOME.lng, HOME.lat)), **WGS84)
    )

    report = await runs.import_places(
        options_for(write_csv(tmp_path / "b.csv", header, ("12", "店", HOME.lng, HOME.lat)), **WGS84)
    )

    assert (report.new, report.unchanged) == (0, 1)
