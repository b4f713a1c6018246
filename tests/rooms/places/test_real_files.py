"""Files that nobody here made: stale borders, coordinates all over China, names that are numbers."""

import pytest

from backend.geo.datum import Datum
from backend.places import queries
from backend.places.importing import runs
from backend.places.importing.reasons import RowNote, RowReason
from bench.parts.outside import DATA
from tests.makers.places import options_for, read_errors

pytestmark = [
    pytest.mark.outside_data,
    pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not on this machine"),
]


async def import_streets(tmp_path):
    codes = DATA / "divisions/shanghai_streets.csv"
    reports = [await runs.import_areas(options_for(codes, errors_path=tmp_path / "codes.errors.csv"))]
    for district in ("浦东新区", "长宁区", "普陀区"):
        path = DATA / f"geo/{district}.json"
        told = {"errors_path": tmp_path / f"{district}.csv", "codes_path": codes}
        reports.append(await runs.import_areas(options_for(path, **told)))
    return reports


async def import_buildings(tmp_path, **told):
    columns = {"lng": "lng_gcj02_probable", "lat": "lat_gcj02_probable"}
    told = {"datum": Datum.GCJ02, "columns": columns, "errors_path": tmp_path / "errors.csv", **told}
    return await runs.import_places(options_for(DATA / "addresses/buildings_gcj02.csv", **told))


async def test_the_streets_of_three_districts_find_their_codes(database, tmp_path):
    codes, pudong, changning, putuo = await import_streets(tmp_path)

    assert codes.new == 234
    assert [(report.changed, report.rejected.total()) for report in (pudong, changning, putuo)] == [
        (35, 3),
        (10, 0),
        (7, 2),
    ]
    assert (await queries.get_area("310105002")).has_outline  # 江苏路街道
    assert (await queries.get_area("310115105")).has_outline  # 北蔡镇


async def test_buildings_in_gcj02_are_imported_and_the_one_in_guangxi_is_not(database, tmp_path):
    await import_streets(tmp_path)

    first = await import_buildings(tmp_path)
    again = await import_buildings(tmp_path)

    errors = read_errors(tmp_path / "buildings_gcj02.csv")
    guangxi = next(error for error in errors if error["name"] == "021联和滨江大厦")
    assert (guangxi["line"], guangxi["reason"]) == ("3", "outside-areas")
    assert first.read == 2500
    assert dict(first.rejected) == {RowReason.OUTSIDE_AREAS: 2500 - first.new}
    assert first.new > 600
    assert (again.new, again.changed, again.unchanged) == (0, 0, first.new)


async def test_features_of_every_shape_become_places_and_ranges_stay_whole(database, tmp_path):
    await import_streets(tmp_path)
    path = DATA / "addresses/osm_doorplates_wgs84.geojson"

    report = await runs.import_places(options_for(path, errors_path=tmp_path / "errors.csv"))

    found = [await queries.get_place(place_id) for place_id in await queries.list_ids("test")]
    assert report.read == 1408
    assert report.notes[RowNote.POINT_ON_SURFACE] > 100
    assert set(report.rejected) <= {RowReason.OUTSIDE_AREAS, RowReason.MISSING_VALUE}
    assert [(place.house_number, place.address) for place in found if "-" in place.house_number] == [
        ("918-928", "延安西路918-928号")
    ]
