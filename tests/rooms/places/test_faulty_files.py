"""Small files on which the import once failed, as they came."""

import pytest
import shapely

from backend import db
from backend.geo.datum import Datum
from backend.places.importing import runs
from backend.places.importing.reasons import FileRefused, RowReason
from bench.parts.outside import DATA, FAULTS
from tests.makers.places import make_area, options_for
from tests.makers.refusals import refused_with

pytestmark = [
    pytest.mark.outside_data,
    pytest.mark.skipif(not FAULTS.exists(), reason=f"{FAULTS} is not on this machine"),
]
INNER_CITY = shapely.MultiPolygon([shapely.box(121.4, 31.1, 121.6, 31.3)])


async def import_file(tmp_path, name, **told):
    if not await db.fetchval("SELECT count(*) FROM area"):
        await make_area("310101002", INNER_CITY, name="外滩街道")
    return await runs.import_places(options_for(FAULTS / name, errors_path=tmp_path / "errors.csv", **told))


@pytest.mark.parametrize(
    ("name", "new", "rejected"),
    [
        ("dms.csv", 8, {}),
        ("fullwidth_coordinates.csv", 8, {}),
        ("headers_caps.csv", 8, {}),
        ("unknown_column_addr.csv", 1, {}),
        ("fullwidth_house_numbers.csv", 3, {RowReason.DUPLICATE: 3}),
        ("all_rejected_epsg3857.csv", 0, {RowReason.PROJECTED: 8}),
        ("points.kml", 1, {}),
    ],
)
async def test_a_file_of_an_office_is_read(database, tmp_path, name, new, rejected):
    report = await import_file(tmp_path, name, datum=Datum.WGS84)

    assert (report.new, dict(report.rejected)) == (new, rejected)
    assert bool(report.unused) == (name == "unknown_column_addr.csv")


async def test_the_shifted_file_asks_for_its_datum_and_lands_where_the_others_do(database, tmp_path):
    await import_file(tmp_path, "dms.csv", datum=Datum.WGS84, dataset="dms")
    with refused_with(FileRefused, "--datum gcj02"):
        await import_file(tmp_path, "crs_gcj02.geojson", dataset="crs")

    report = await import_file(tmp_path, "crs_gcj02.geojson", datum=Datum.GCJ02, dataset="crs")

    farthest = await db.fetchval(
        "SELECT max(ST_Distance(a.loc, b.loc)) FROM place a JOIN place b ON b.name = a.name AND b.dataset = 'crs'"
        " WHERE a.dataset = 'dms'"
    )
    assert report.new == 8
    assert farthest < 1


async def test_the_area_that_was_put_right_is_imported(database, tmp_path):
    codes = {"codes_path": DATA / "divisions/shanghai_streets.csv", "errors_path": tmp_path / "errors.csv"}

    wrong = await runs.import_areas(options_for(FAULTS / "area_unknown_name.geojson", **codes))
    offered = (tmp_path / "errors.csv").read_text(encoding="utf-8-sig")
    right = await runs.import_areas(options_for(FAULTS / "area_put_right.csv", **codes))

    assert wrong.is_all_rejected
    assert "半淞园路街道" in offered
    assert right.new == 1
