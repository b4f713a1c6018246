"""Places that are more than a point: the outline is kept, corner by corner in WGS-84, within bearable limits."""

import math

import pytest
import shapely

from backend import db
from backend.geo.datum import Datum, from_wgs84
from backend.places.importing import runs
from backend.places.importing.reasons import RowNote, RowReason
from tests.makers.places import HOME, SQUARE, feature, make_ground, options_for, point, square, write_geojson

_OUTLINE = """
    SELECT ST_AsText(outline) AS words, ST_NPoints(outline) AS corners, ST_Covers(outline, loc::geometry) AS holds_loc,
           ST_Area(outline::geography) AS square_m FROM place WHERE source_key = $1
"""


def polygon(shape: shapely.Polygon) -> dict[str, object]:
    return dict(shapely.geometry.mapping(shape))


def yard(datum: Datum = Datum.WGS84) -> shapely.Polygon:
    """A yard of about 38 m x 44 m around HOME with a pond in it, as a map in this datum draws it."""
    ring = shapely.box(HOME.lng - 0.0002, HOME.lat - 0.0002, HOME.lng + 0.0002, HOME.lat + 0.0002)
    pond = shapely.box(HOME.lng - 0.0001, HOME.lat - 0.0001, HOME.lng + 0.0001, HOME.lat + 0.0001)
    shift = lambda corners: [from_wgs84(lng, lat, datum) for lng, lat in corners]  # noqa: E731
    return shapely.Polygon(
        [(at.lng, at.lat) for at in shift(ring.exterior.coords)],
        [[(at.lng, at.lat) for at in shift(pond.exterior.coords)]],
    )


async def import_features(tmp_path, *features, datum=None):
    path = write_geojson(tmp_path / "places.json", *features)
    return await runs.import_places(options_for(path, datum=datum))


async def test_a_polygon_with_its_hole_becomes_an_outline_and_a_point_on_it(database, tmp_path):
    await make_ground()

    report = await import_features(tmp_path, feature(polygon(yard()), id=1, name="院"))

    kept = await db.fetchrow(_OUTLINE, "1")
    assert report.notes == {RowNote.POINT_ON_SURFACE: 1}
    assert (kept["corners"], kept["holds_loc"]) == (10, True)
    assert kept["square_m"] == pytest.approx(38.2 * 44.4 * 3 / 4, rel=0.01)


async def test_several_parts_are_one_outline(database, tmp_path):
    await make_ground()
    parts = shapely.MultiPolygon([square(0, 0, SQUARE / 4).geoms[0], square(1, 0, SQUARE / 4).geoms[0]])

    await import_features(tmp_path, feature(polygon(parts), id=1, name="两座楼"))  # type: ignore[arg-type]

    assert (await db.fetchrow(_OUTLINE, "1"))["corners"] == 10


@pytest.mark.parametrize("datum", Datum)
async def test_every_corner_is_taken_back_to_wgs84(database, tmp_path, datum):
    await make_ground()

    await import_features(tmp_path, feature(polygon(yard(datum)), id=1, name="院"), datum=datum)

    kept = shapely.from_wkt((await db.fetchrow(_OUTLINE, "1"))["words"])
    assert shapely.hausdorff_distance(kept, yard()) < 1e-8


async def test_a_line_and_a_point_have_no_outline(database, tmp_path):
    await make_ground()
    line = {"type": "LineString", "coordinates": [[HOME.lng, HOME.lat], [HOME.lng + 0.0001, HOME.lat]]}

    await import_features(tmp_path, feature(line, id=1, name="弄"), feature(point(HOME), id=2, name="桩"))

    assert await db.fetchval("SELECT count(*) FROM place WHERE outline IS NULL") == 2


async def test_an_outline_that_crosses_itself_is_mended(database, tmp_path):
    await make_ground()
    corners = list(yard().exterior.coords)
    bow_tie = shapely.Polygon([corners[0], corners[2], corners[1], corners[3], corners[0]])

    report = await import_features(tmp_path, feature(polygon(bow_tie), id=1, name="亭"))

    assert report.notes[RowNote.MADE_VALID] == 1
    assert await db.fetchval("SELECT ST_IsValid(outline) AND ST_NumGeometries(outline) = 2 FROM place")


async def test_the_same_outline_again_changes_nothing_and_a_newer_one_takes_its_place(database, tmp_path):
    await make_ground()
    await import_features(tmp_path, feature(polygon(yard()), id=1, name="院"))

    again = await import_features(tmp_path, feature(polygon(yard()), id=1, name="院"))
    newer = await import_features(tmp_path, feature(point(HOME), id=1, name="院"))

    assert (again.changed, again.unchanged, newer.changed) == (0, 1, 1)
    assert await db.fetchval("SELECT outline IS NULL FROM place")


def circle(corners: int, radius: float) -> shapely.Polygon:
    turns = [2 * math.pi * nr / corners for nr in range(corners)]
    return shapely.Polygon([(HOME.lng + radius * math.cos(at), HOME.lat + radius * math.sin(at)) for at in turns])


async def test_what_is_too_wide_or_too_detailed_for_a_place_is_refused(database, tmp_path):
    await make_ground()

    report = await import_features(
        tmp_path,
        feature(polygon(circle(10_001, 0.0002)), id=1, name="细"),
        feature(polygon(circle(12, 0.2)), id=2, name="大"),
        feature(polygon(circle(9_999, 0.0002)), id=3, name="正好"),
    )

    assert (report.new, dict(report.rejected)) == (1, {RowReason.OUTLINE_TOO_LARGE: 2})
