"""Importing areas and grid cells, with codes or by name, and what their outlines do to the places inside."""

import pytest
import shapely

from backend import db
from backend.geo.datum import Datum, from_wgs84
from backend.geo.lonlat import LonLat
from backend.places import queries
from backend.places.importing import runs
from backend.places.importing.reasons import FileRefused, RowNote, RowReason
from tests.makers.places import (
    COMMITTEE,
    HOME,
    SQUARE,
    TOWN,
    feature,
    make_area,
    make_ground,
    make_place,
    options_for,
    read_errors,
    square,
    write_csv,
    write_geojson,
)
from tests.makers.refusals import refused_with


def outline(*where, **size):
    return shapely.geometry.mapping(square(*where, **size))


async def import_features(tmp_path, *features, **told):
    path = write_geojson(tmp_path / "areas.json", *features)
    return await runs.import_areas(options_for(path, **told))


async def test_a_list_of_codes_and_names_is_imported_without_outlines(database, tmp_path):
    path = write_csv(tmp_path / "codes.csv", ("code", "name"), ("310115", "浦东新区"), (TOWN, "北蔡镇"))

    report = await runs.import_areas(options_for(path))

    areas = (await queries.list_areas()).items
    assert report.new == 2
    assert [(area.code, area.level, area.has_outline) for area in areas] == [
        ("310115", "district", False),
        (TOWN, "town", False),
    ]


async def test_areas_and_cells_are_imported_together_and_again_without_change(database, tmp_path):
    features = [
        feature(outline(), code=f"{COMMITTEE}001"),
        feature(outline(0, 0, size=3 * SQUARE), code=COMMITTEE, name="第一居委会"),
    ]

    first = await import_features(tmp_path, *features)
    second = await import_features(tmp_path, *features)

    assert (first.new, first.rejected.total()) == (2, 0)
    assert (second.new, second.changed, second.unchanged) == (0, 0, 2)
    assert (await queries.locate(HOME)).grid_code == f"{COMMITTEE}001"


async def test_names_alone_leave_the_outlines_that_are_there(database, tmp_path):
    await make_area(TOWN, square())
    path = write_csv(tmp_path / "codes.csv", ("code", "name"), (TOWN, "北蔡"))

    report = await runs.import_areas(options_for(path))

    area = await queries.get_area(TOWN)
    assert report.changed == 1
    assert (area.name, area.has_outline) == ("北蔡", True)


async def test_an_invalid_outline_is_repaired_and_noted(database, tmp_path):
    bow_tie = {"type": "Polygon", "coordinates": [[[121, 31], [121.1, 31.1], [121.1, 31], [121, 31.1], [121, 31]]]}

    report = await import_features(tmp_path, feature(bow_tie, code=TOWN, name="北蔡镇"))

    assert (report.new, dict(report.notes)) == (1, {RowNote.MADE_VALID: 1})
    assert await db.fetchval("SELECT ST_IsValid(polygon) FROM area")


async def test_an_outline_in_gcj02_is_taken_back(database, tmp_path):
    def shift(corners):
        return [(at.lng, at.lat) for at in (from_wgs84(lng, lat, Datum.GCJ02) for lng, lat in corners)]

    shifted = shapely.geometry.mapping(shapely.transform(square(), lambda corners: shift(corners)))

    await import_features(tmp_path, feature(shifted, code=TOWN, name="北蔡镇"), datum=Datum.GCJ02)

    off = await db.fetchval("SELECT ST_HausdorffDistance(polygon, $1) FROM area", square())
    assert off < 1e-8


async def test_bad_rows_are_reported_by_their_reason(database, tmp_path):
    report = await import_features(
        tmp_path,
        feature(outline(), code="3101", name="短"),
        feature(outline(), code="３１０１１５１０", name="全角"),
        feature(outline(), name="无码"),
        feature(outline(), code="310115106"),
        feature({"type": "Point", "coordinates": [121, 31]}, code="310115107", name="点"),
        feature(None, code=f"{COMMITTEE}001"),
        feature(outline(), code="310115109001001"),
        feature(outline(), code=TOWN, name="北蔡镇"),
        feature(outline(), code=TOWN, name="北蔡镇"),
    )

    assert report.new == 1
    assert report.rejected == {
        RowReason.BAD_CODE: 2,
        RowReason.MISSING_VALUE: 3,
        RowReason.BAD_GEOMETRY: 1,
        RowReason.NO_COMMITTEE: 1,
        RowReason.DUPLICATE: 1,
    }
    assert {error["line"] for error in read_errors(tmp_path / "areas.json")} == set("12345679")


async def test_outlines_without_codes_find_them_by_name_within_their_district(database, tmp_path):
    codes = write_csv(
        tmp_path / "codes.csv",
        ("code", "name"),
        *[("310105001", "华阳路街道"), ("310105002", "江苏路街道"), ("310105004", "新华路街道")],
        *[("370202009", "江苏路街道"), ("310107102", "长征镇")],
    )
    names = ("华阳路街道", "江苏路街道", "新华路街道", "长征镇")

    report = await import_features(
        tmp_path,
        *[feature(outline(nr, 0), name=name, name_XIAN="长宁区") for nr, name in enumerate(names)],
        codes_path=codes,
    )

    areas = (await queries.list_areas()).items
    assert [(area.code, area.name) for area in areas] == [
        ("310105001", "华阳路街道"),
        ("310105002", "江苏路街道"),
        ("310105004", "新华路街道"),
    ]
    assert report.rejected == {RowReason.UNKNOWN_NAME: 1}


async def test_a_name_that_stays_open_is_reported_not_guessed(database, tmp_path):
    codes = write_csv(
        tmp_path / "codes.csv", ("code", "name"), ("310105002", "江苏路街道"), ("370202009", "江苏路街道")
    )

    report = await import_features(tmp_path, feature(outline(), name="江苏路街道"), codes_path=codes)
    [error] = read_errors(tmp_path / "areas.json")
    within = await import_features(tmp_path, feature(outline(), name="江苏路街道"), codes_path=codes, within="310105")

    assert report.rejected == {RowReason.AMBIGUOUS_NAME: 1}
    assert "310105002, 370202009" in error["explanation"]
    assert within.new == 1


async def test_a_file_without_codes_asks_for_them(database, tmp_path):
    path = write_csv(tmp_path / "names.csv", ("name",), ("北蔡镇",))

    with refused_with(FileRefused, "No column for code"):
        await runs.import_areas(options_for(path))


async def test_new_outlines_move_the_places_inside_to_their_cell_and_area(database, tmp_path):
    await make_area("310115", square(-5, -5, 20 * SQUARE), name="浦东新区")
    place_id = await make_place(area_code="310115")

    report = await import_features(
        tmp_path,
        feature(outline(0, 0, size=3 * SQUARE), code=COMMITTEE, name="第一居委会"),
        feature(outline(), code=f"{COMMITTEE}001"),
    )

    place = await queries.get_place(place_id)
    assert report.moved == 1
    assert (place.area_code, place.grid_code) == (COMMITTEE, f"{COMMITTEE}001")


async def test_the_demo_town_keeps_its_outlines_to_itself(database, tmp_path):
    await make_area("310115", None, name="浦东新区", is_demo=True)
    await make_area(TOWN, square(), is_demo=True)

    report = await import_features(
        tmp_path,
        feature(outline(1, 1), code="310115", name="区"),
        feature(outline(1, 1), code=TOWN, name="镇"),
        feature(outline(1, 1), code="310115105999", name="居委会"),
        feature(outline(1, 1), code="310115106", name="别的镇"),
    )

    assert (report.new, dict(report.rejected)) == (1, {RowReason.DEMO_DATA: 3})
    assert (await queries.locate(LonLat(HOME.lng, HOME.lat))).area_code == TOWN


async def test_a_points_area_stays_when_new_outlines_do_not_cover_it(database, tmp_path):
    await make_ground()
    place_id = await make_place(LonLat(121.9, 31.1))

    await import_features(tmp_path, feature(outline(7, 7), code="310115106", name="别的镇"))

    assert (await queries.get_place(place_id)).area_code == TOWN


async def test_an_import_that_broke_off_before_moving_places_moves_them_when_repeated(database, tmp_path):
    await make_area("310115", square(-5, -5, 20 * SQUARE), name="浦东新区")
    path = write_geojson(tmp_path / "areas.json", feature(outline(), code=TOWN, name="北蔡镇"))
    whole = path.read_text()
    place_id = await make_place(area_code="310115")
    path.write_text(whole[:-2])

    with pytest.raises(FileRefused):
        await runs.import_areas(options_for(path))
    path.write_text(whole)
    report = await runs.import_areas(options_for(path))

    assert (report.unchanged, report.moved) == (1, 1)
    assert (await queries.get_place(place_id)).area_code == TOWN


async def test_an_area_on_another_of_its_kind_is_imported_and_told(database, tmp_path):
    await make_area("310115106", square(size=4 * SQUARE), name="旧镇")
    await make_area(COMMITTEE, square(size=2 * SQUARE))

    new = feature(outline(2, 0, size=4 * SQUARE), code=TOWN, name="新镇")
    reports = [await import_features(tmp_path, new) for _ in range(2)]

    assert [(report.new, report.rejected.total()) for report in reports] == [(1, 0), (0, 0)]
    for report in reports:
        assert [(pair.code, pair.other_code) for pair in report.overlaps] == [(TOWN, "310115106")]
        told = "\n".join(report.lines())
        assert "1 处与同级区域重叠" in told
        assert "overlaps with areas of the same kind" in told
        assert f"{TOWN} 新镇 / 310115106 旧镇" in told


async def test_two_cells_of_one_file_on_each_other_are_told_once(database, tmp_path):
    await make_area(COMMITTEE)
    cells = [feature(outline(column, 0, size=2 * SQUARE), code=f"{COMMITTEE}00{column + 1}") for column in (0, 1)]

    report = await import_features(tmp_path, *cells)

    assert [(pair.code, pair.other_code) for pair in report.overlaps] == [(f"{COMMITTEE}001", f"{COMMITTEE}002")]


async def test_neighbours_who_cross_by_a_strip_are_not_told(database, tmp_path):
    await make_area("310115106", square(size=4 * SQUARE))
    strip = shapely.box(*square(4, 0, size=4 * SQUARE).bounds).buffer(0.00005)

    report = await import_features(tmp_path, feature(shapely.geometry.mapping(strip), code=TOWN, name="邻镇"))

    assert (report.new, report.overlaps) == (1, [])
