"""Files as strangers write them: encodings, delimiters, line numbers, and clear words when nothing can be read."""

import codecs
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from backend.geo.datum import Datum
from backend.places.importing import runs
from backend.places.importing.codes import CodeBook
from backend.places.importing.fields import Columns
from backend.places.importing.place_rows import PlaceReader
from backend.places.importing.reasons import FileRefused, RowReason, RowRefused
from tests.makers.places import HOME, feature, options_for, point, write_csv, write_geojson
from tests.makers.refusals import refused_with, zh

STREET = (("name", "address", "lng", "lat"), ("点心店", "莲安东路8号", "121.55", "31.17"))


def rows_of(path, **told):
    return list(runs.open_source(options_for(path, **told)).rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_csv_is_read_in_every_usual_encoding(tmp_path, encoding):
    path = write_csv(tmp_path / "street.csv", *STREET, encoding=encoding)

    [row] = rows_of(path)

    assert (row.line, row.fields["name"], row.fields["address"]) == (2, "点心店", "莲安东路8号")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_geojson_is_read_in_every_usual_encoding(tmp_path, encoding):
    path = tmp_path / "street.json"
    collection = {"type": "FeatureCollection", "features": [feature(point(HOME), name="点心店")]}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding=encoding)

    [row] = rows_of(path)

    assert (row.line, row.fields["name"]) == (1, "点心店")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_header(tmp_path, delimiter):
    path = tmp_path / "street.csv"
    path.write_text("\n".join(delimiter.join(row) for row in STREET))

    [row] = rows_of(path)

    assert row.fields["lat"] == "31.17"


def test_a_row_is_numbered_by_the_line_it_starts_on(tmp_path):
    path = tmp_path / "street.csv"
    path.write_text('name,lng,lat\n"两\n行",121.5,31.2\n\n下一家,121.5,31.2\n')

    assert [(row.line, row.fields["name"]) for row in rows_of(path)] == [(2, "两\n行"), (5, "下一家")]


def test_a_row_with_too_few_or_too_many_cells_is_marked(tmp_path):
    path = tmp_path / "street.csv"
    path.write_text("name,lng,lat\na,121.5\nb,121.5,31.2,x\nc,121.5,31.2\n")

    assert [row.refused for row in rows_of(path)] == [RowReason.COLUMN_COUNT, RowReason.COLUMN_COUNT, None]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "header"),
        (b"PK\x03\x04rest of a workbook", "Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "encoding"),
        (("名称,地址\n" * 20).encode() + b"\xff\xfe", "damaged"),
        (codecs.BOM_UTF8 + b"\xff\xff", "encoding"),
        (b'{"type": "FeatureCollection", "features": []}', "no features"),
        (b"[1, 2, 3]", "no features"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Feature"}, {"ty', "after feature 1"),
        (b'{"crs": {"properties": {"name": "EPSG:3857"}}, "features": []}', "EPSG:3857"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_clear_words(tmp_path, content, says):
    path = tmp_path / "file"
    path.write_bytes(content)

    with refused_with(FileRefused, says) as refused:
        rows_of(path)

    assert str(path) in zh(refused.value)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_what_is_not_a_file_is_refused_in_clear_words(tmp_path, name):
    with refused_with(FileRefused, "Cannot open"):
        rows_of(tmp_path / name)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4490"])
def test_the_usual_names_of_wgs84_and_cgcs2000_are_accepted(tmp_path, name):
    crs = {"type": "name", "properties": {"name": name}}
    path = write_geojson(tmp_path / "street.json", feature(point(HOME), name="点"), crs=crs)

    assert len(rows_of(path)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=some.binary(max_size=300) | some.text(alphabet='{}[]",:\n号a1.', max_size=120).map(str.encode))
def test_no_file_whatever_it_holds_breaks_the_reader(tmp_path, content):
    path = tmp_path / "anything"
    path.write_bytes(content)

    try:
        source = runs.open_source(options_for(path))
        reader = PlaceReader(source, options_for(path, datum=Datum.GCJ02))
        for raw in source.rows():
            source.cells_of(raw)
            try:
                reader.read(raw)
            except RowRefused:
                continue
    except FileRefused:
        pass


def book(tmp_path, within=""):
    path = write_csv(
        tmp_path / "codes.csv",
        ("code", "name"),
        ("310105002", "江苏路街道"),
        ("370202009", "江苏路街道"),
        ("310105001", "华阳路街道"),
        ("310105004", "新华路街道"),
        ("370202001", "香港中路街道"),
    )
    return CodeBook(path, within)


def test_a_name_that_exists_twice_is_reported_with_both_codes(tmp_path):
    with pytest.raises(RowRefused) as refused:
        book(tmp_path).find("江苏路街道", "")

    assert refused.value.reason is RowReason.AMBIGUOUS_NAME
    assert refused.value.detail == "江苏路街道: 310105002, 370202009"


def test_a_name_that_exists_twice_is_found_within_the_district_asked_for(tmp_path):
    assert book(tmp_path, within="370202").find("江苏路街道", "") == "370202009"


def test_a_name_that_exists_twice_is_found_by_its_neighbours_in_the_file(tmp_path):
    path = write_geojson(
        tmp_path / "changning.json",
        *[feature(None, name=name, name_XIAN="长宁区") for name in ("江苏路街道", "华阳路街道", "新华路街道")],
    )
    source = runs.open_source(options_for(path))
    codes = book(tmp_path)

    codes.learn_districts(source.rows(), Columns(source, {}))

    assert codes.find("江苏路街道", "长宁区") == "310105002"


def test_an_unknown_name_is_reported_with_those_alike(tmp_path):
    with pytest.raises(RowRefused) as refused:
        book(tmp_path).find("新华路街道(北)", "")

    assert refused.value.reason is RowReason.UNKNOWN_NAME
    assert "新华路街道 310105004" in refused.value.detail
