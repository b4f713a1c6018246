"""Importing places: good rows in, bad rows on file, and the second time nothing new."""

import pytest

from backend import db
from backend.geo.datum import Datum, from_wgs84
from backend.geo.distance import metres_between
from backend.places import queries
from backend.places.importing import runs
from backend.places.importing.reasons import FileRefused, RowNote, RowReason
from backend.places.kinds import PlaceKind
from tests.makers.places import (
    COMMITTEE,
    HOME,
    TOWN,
    feature,
    inside,
    make_area,
    make_ground,
    options_for,
    point,
    read_errors,
    square,
    write_csv,
    write_geojson,
)
from tests.makers.refusals import refused_with

HEADER = ("id", "name", "address", "road", "house_number", "lng", "lat")


def row(key="1", name="", address="", road="莲安东路", number="128", at=HOME):
    return (key, name, address, road, number, at.lng, at.lat)


async def import_rows(tmp_path, *rows, header=HEADER, **told):
    path = write_csv(tmp_path / "places.csv", header, *rows)
    return await runs.import_places(options_for(path, **{"datum": Datum.WGS84, **told}))


async def the_place():
    [place_id] = await queries.list_ids("test")
    return await queries.get_place(place_id)


async def test_a_doorplate_is_imported_with_cell_area_and_road(database, tmp_path):
    await make_ground()

    report = await import_rows(tmp_path, row())

    place = await the_place()
    assert (report.new, report.rejected.total()) == (1, 0)
    assert (place.kind, place.address, place.loc) == (PlaceKind.DOORPLATE, "莲安东路128号", HOME)
    assert (place.grid_code, place.area_code) == (f"{COMMITTEE}001", COMMITTEE)
    assert await db.fetchval("SELECT road.area_id FROM place JOIN road ON road.id = road_id") == TOWN


async def test_the_same_file_again_changes_nothing(database, tmp_path):
    await make_ground()
    rows = [row("1"), row("2", at=inside(1, 0))]
    await import_rows(tmp_path, *rows)
    before = await db.fetch("SELECT * FROM place ORDER BY id")

    report = await import_rows(tmp_path, *rows)

    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert await db.fetch("SELECT * FROM place ORDER BY id") == before


async def test_a_corrected_row_changes_its_place_and_no_other(database, tmp_path):
    await make_ground()
    await import_rows(tmp_path, row("1"), row("2", number="130"))
    place_ids = await queries.list_ids("test")

    report = await import_rows(tmp_path, row("1", at=inside(1, 0)), row("2", number="130"))

    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    assert await queries.list_ids("test") == place_ids
    assert (await queries.get_place(place_ids[0])).grid_code == f"{COMMITTEE}002"


async def test_a_row_without_a_key_is_known_by_what_it_is_called(database, tmp_path):
    await make_ground()
    await import_rows(tmp_path, ("点心店", HOME.lng, HOME.lat), header=("name", "lng", "lat"))

    moved = inside(1, 0)
    report = await import_rows(tmp_path, ("点心店", moved.lng, moved.lat), header=("name", "lng", "lat"))

    assert (report.new, report.changed) == (0, 1)


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
async def test_a_shifted_datum_is_taken_off_and_the_raw_pair_kept(database, tmp_path, datum):
    await make_ground()
    shifted = from_wgs84(HOME.lng, HOME.lat, datum)

    await import_rows(tmp_path, row(at=shifted), datum=datum)

    kept = await db.fetchrow("SELECT raw_lng, raw_lat, raw_datum FROM place")
    assert metres_between((await the_place()).loc, HOME) < 0.001
    assert tuple(kept) == (shifted.lng, shifted.lat, datum)


async def test_csv_must_say_its_datum(database, tmp_path):
    with refused_with(FileRefused, "--datum"):
        await import_rows(tmp_path, row(), datum=None)


async def test_each_row_may_say_its_own_datum(database, tmp_path):
    await make_ground()
    shifted = from_wgs84(HOME.lng, HOME.lat, Datum.GCJ02)
    header = ("name", "lng", "lat", "datum")

    report = await import_rows(
        tmp_path,
        ("一", HOME.lng, HOME.lat, "WGS-84"),
        ("二", shifted.lng, shifted.lat, "GCJ02"),
        ("三", HOME.lng, HOME.lat, "beijing54"),
        header=header,
        datum=None,
    )

    assert report.new == 2
    assert report.rejected == {RowReason.BAD_DATUM: 1}


async def test_a_missing_column_is_named_with_those_that_are_there(database, tmp_path):
    with refused_with(FileRefused, r"No column for lng.*x84, lat"):
        await import_rows(tmp_path, header=("name", "x84", "lat"))
    with refused_with(FileRefused, "No column for name"):
        await import_rows(tmp_path, columns={"name": "missing"})


async def test_columns_may_be_mapped(database, tmp_path):
    await make_ground()

    await import_rows(
        tmp_path,
        ("点心店", HOME.lng, HOME.lat),
        header=("店名", "东经", "北纬"),
        columns={"name": "店名", "lng": "东经", "lat": "北纬"},
    )

    assert (await the_place()).name == "点心店"


@pytest.mark.parametrize(
    ("lng", "lat", "reason"),
    [
        ("", "31.17", RowReason.MISSING_VALUE),
        ("121.55F", "31.17", RowReason.BAD_NUMBER),
        ("nan", "31.17", RowReason.BAD_NUMBER),
        ("121,55", "31.17", RowReason.BAD_NUMBER),
        ("1_21", "31.17", RowReason.BAD_NUMBER),
        ("31.17", "121.55", RowReason.SWAPPED),
        ("43.80", "87.61", RowReason.SWAPPED),
        ("0", "0", RowReason.ZERO_POSITION),
        ("13531000", "3656000", RowReason.PROJECTED),
        ("200", "31.17", RowReason.OFF_GLOBE),
        ("108.257", "24.833", RowReason.OUTSIDE_AREAS),
    ],
)
async def test_a_row_with_a_bad_position_is_reported_and_the_others_imported(database, tmp_path, lng, lat, reason):
    await make_ground()

    report = await import_rows(tmp_path, row("good"), ("bad", "坏", "", "", "", lng, lat))

    assert (report.read, report.new, dict(report.rejected)) == (2, 1, {reason: 1})
    [error] = read_errors(tmp_path / "places.csv")
    assert (error["line"], error["reason"], error["id"], error["lng"]) == ("3", reason, "bad", lng)
    assert " / " in error["explanation"]


async def test_other_dirt_is_reported_by_its_reason(database, tmp_path):
    await make_ground()

    report = await import_rows(
        tmp_path,
        row("1"),
        row("1", number="130"),
        row("3", road="", number=""),
        row("4", name="长" * 201),
        ("5", "少一格"),
    )

    assert report.rejected == {
        RowReason.DUPLICATE: 1,
        RowReason.MISSING_VALUE: 1,
        RowReason.TOO_LONG: 1,
        RowReason.COLUMN_COUNT: 1,
    }
    assert [error["line"] for error in read_errors(tmp_path / "places.csv")] == ["3", "4", "5", "6"]
    assert read_errors(tmp_path / "places.csv")[0]["explanation"].endswith(": 2")


async def test_text_is_made_clean(database, tmp_path):
    await make_ground()

    await import_rows(tmp_path, row(name="  老\u200b吴\n五金\u3000店\x1f "))

    assert (await the_place()).name == "老吴 五金 店"


async def test_a_name_that_is_only_a_number_is_imported_and_noted(database, tmp_path):
    await make_ground()

    report = await import_rows(tmp_path, row(name="7089"))

    assert report.notes == {RowNote.NUMBER_AS_NAME: 1}
    assert (await the_place()).name == "7089"


@pytest.mark.parametrize(
    ("number", "address"),
    [("10-12", "莲安东路10-12号"), ("15甲", "莲安东路15甲"), ("200号", "莲安东路200号"), ("5~21", "莲安东路5~21号")],
)
async def test_a_range_of_house_numbers_stays_one_place(database, tmp_path, number, address):
    await make_ground()

    await import_rows(tmp_path, row(number=number))

    place = await the_place()
    assert (place.house_number, place.address) == (number, address)


async def test_the_kind_is_told_by_the_row_or_the_option_or_the_house_number(database, tmp_path):
    await make_ground()
    header = ("id", "kind", "name", "house_number", "lng", "lat")

    report = await import_rows(
        tmp_path,
        ("1", "商铺", "店", "8", HOME.lng, HOME.lat),
        ("2", "", "门", "8", HOME.lng, HOME.lat),
        ("3", "", "亭", "", HOME.lng, HOME.lat),
        ("4", "tree", "树", "", HOME.lng, HOME.lat),
        header=header,
    )

    kinds = await db.fetch("SELECT kind FROM place ORDER BY source_key")
    assert [record["kind"] for record in kinds] == ["storefront", "doorplate", "point"]
    assert report.rejected == {RowReason.BAD_KIND: 1}


async def test_rows_outside_the_area_asked_for_are_reported(database, tmp_path):
    await make_ground()

    report = await import_rows(tmp_path, row("in"), row("out", at=inside(5, 8)), within=COMMITTEE)

    assert (report.new, dict(report.rejected)) == (1, {RowReason.OUTSIDE_WITHIN: 1})
    with refused_with(FileRefused, "import the areas first"):
        await import_rows(tmp_path, row(), within="999999")


async def test_a_row_may_name_its_area_where_no_outline_covers_it(database, tmp_path):
    await make_area(TOWN, None)

    report = await import_rows(
        tmp_path,
        ("一", HOME.lng, HOME.lat, TOWN),
        ("二", HOME.lng, HOME.lat, "310999"),
        header=("name", "lng", "lat", "area_code"),
    )

    assert (report.new, dict(report.rejected)) == (1, {RowReason.OUTSIDE_AREAS: 1})
    assert (await the_place()).area_code == TOWN


async def test_lines_and_polygons_become_a_point_on_them(database, tmp_path):
    await make_ground()
    ring = [[*corner] for corner in square().geoms[0].exterior.coords]
    bow_tie = [ring[0], ring[2], ring[1], ring[3], ring[0]]
    path = write_geojson(
        tmp_path / "places.json",
        feature({"type": "Polygon", "coordinates": [ring]}, id=1, name="楼"),
        feature({"type": "LineString", "coordinates": ring[:2]}, id=2, name="弄"),
        feature({"type": "Polygon", "coordinates": [bow_tie]}, id=3, name="亭"),
        feature(point(HOME), id=4, name="桩"),
        feature({"type": "Polygon", "coordinates": [[[121]]]}, id=5, name="坏"),
        feature(None, id=6, name="无"),
        "not a feature",
    )

    report = await runs.import_places(options_for(path))

    assert report.new == 4
    assert report.notes == {RowNote.POINT_ON_SURFACE: 3, RowNote.MADE_VALID: 1}
    assert report.rejected == {RowReason.BAD_GEOMETRY: 1, RowReason.MISSING_VALUE: 1, RowReason.NOT_A_FEATURE: 1}
    assert [error["line"] for error in read_errors(path)] == ["5", "6", "7"]
    assert len((await queries.list_near(HOME, 90)).items) == 4


async def test_a_file_that_breaks_off_keeps_what_was_read_and_may_be_repeated(database, tmp_path):
    await make_ground()
    path = write_geojson(tmp_path / "places.json", feature(point(HOME), id=1, name="一"))
    whole = path.read_text()
    path.write_text(whole[:-2] + ", {")

    with refused_with(FileRefused, "after feature 1"):
        await runs.import_places(options_for(path))
    path.write_text(whole)
    report = await runs.import_places(options_for(path))

    assert (report.new, report.unchanged) == (0, 1)


async def test_no_errors_file_is_left_when_all_went_well(database, tmp_path):
    await make_ground()
    await import_rows(tmp_path, row("bad", at=inside(500, 500)))
    assert (tmp_path / "errors.csv").exists()

    await import_rows(tmp_path, row("bad"))

    assert not (tmp_path / "errors.csv").exists()


async def test_an_errors_file_put_right_can_be_imported_itself(database, tmp_path):
    await make_ground()
    await import_rows(tmp_path, row("1"), ("2", "点心店", "", "", "", "bad", HOME.lat))
    [error] = read_errors(tmp_path / "places.csv")
    error["lng"] = str(HOME.lng)

    fixed = write_csv(tmp_path / "fixed.csv", HEADER, tuple(error[name] for name in HEADER))
    report = await runs.import_places(options_for(fixed, datum=Datum.WGS84))

    assert report.new == 1


async def test_a_place_that_cannot_be_written_to_is_said_at_once(database, tmp_path):
    path = write_csv(tmp_path / "places.csv", HEADER, row())

    options = options_for(path, datum=Datum.WGS84, errors_path=tmp_path / "nowhere" / "errors.csv")

    with refused_with(FileRefused, "--errors"):
        await runs.import_places(options)


async def test_the_demonstrations_dataset_takes_no_other_rows(database, tmp_path):
    await make_ground()
    await import_rows(tmp_path, row())
    await db.execute("UPDATE place SET is_demo = true")

    with refused_with(FileRefused, "--dataset"):
        await import_rows(tmp_path, row())


async def test_the_summary_speaks_both_languages(database, tmp_path):
    await make_ground()

    report = await import_rows(tmp_path, row("1"), row("2", at=inside(500, 500)))

    first, second = report.lines()
    assert "新增 / new 1" in first
    assert second.strip() == "1 outside-areas: 不在任何已知区域内 / outside every known area"
