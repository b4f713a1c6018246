"""What the database itself refuses, and that every geometry is indexed as geometry."""

import asyncpg
import pytest
import shapely

from backend import db
from tests.makers.places import COMMITTEE, TOWN, make_area, make_cell, make_ground, make_place, square

_GEOMETRY_INDEXES = """
SELECT a.attrelid::regclass::text || '.' || a.attname AS column, am.amname AS method
FROM pg_attribute a
JOIN pg_type t ON t.oid = a.atttypid AND t.typname IN ('geometry', 'geography')
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND a.attnum = ANY(i.indkey)
LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
LEFT JOIN pg_am am ON am.oid = ic.relam
WHERE c.relname IN ('area', 'grid_cell', 'road', 'place')"""


async def test_every_geometry_column_has_a_gist_index(database):
    found = {row["column"]: row["method"] for row in await db.fetch(_GEOMETRY_INDEXES)}

    assert found == dict.fromkeys(
        ("area.polygon", "grid_cell.polygon", "road.line", "place.loc", "place.outline"), "gist"
    )


@pytest.mark.parametrize(
    ("code", "level"), [("31011", "district"), ("3101151", "town"), ("310115abc", "town"), ("310115", "town")]
)
async def test_an_area_has_a_national_code_of_its_level(database, code, level):
    with pytest.raises(asyncpg.CheckViolationError, match=r"area_code_is_national|area_level_follows_code"):
        await db.execute("INSERT INTO area (code, level, name) VALUES ($1, $2, '某区')", code, level)


async def test_a_cell_lies_in_the_committee_of_its_code(database):
    await make_ground()
    await make_area("310115105002", name="第二居委会")

    with pytest.raises(asyncpg.CheckViolationError, match="grid_cell_code_in_area"):
        await db.execute(
            "INSERT INTO grid_cell (code, area_id, polygon) VALUES ($1, '310115105002', $2)",
            f"{COMMITTEE}009",
            square(),
        )


@pytest.mark.parametrize(
    ("column", "value", "check"),
    [
        ("kind", "tree", "place_kind_is_known"),
        ("address", " ", "place_is_named"),
        ("raw_lng", float("nan"), "place_raw_on_globe"),
        ("raw_lat", 121.5, "place_raw_on_globe"),
        ("raw_datum", "mars", "place_raw_datum_is_known"),
        ("grid_cell_id", f"{COMMITTEE}001", "place_grid_in_area"),
        ("source_key", "", "place_source_is_named"),
        ("outline", shapely.MultiPolygon(), "place_outline_is_sound"),
        ("outline", shapely.from_wkt("MULTIPOLYGON (((0 0, 1 1, 1 0, 0 1, 0 0)))"), "place_outline_is_sound"),
    ],
)
async def test_a_place_that_makes_no_sense_is_refused(database, column, value, check):
    await make_ground()
    await make_area("310115106", name="别处")
    place_id = await make_place(area_code="310115106")

    with pytest.raises(asyncpg.CheckViolationError, match=check):
        await db.execute(f"UPDATE place SET {column} = $2 WHERE id = $1", place_id, value)


async def test_an_area_in_use_cannot_be_deleted(database):
    await make_ground()

    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await db.execute("DELETE FROM area WHERE code = $1", COMMITTEE)


async def test_a_place_outlives_its_road(database):
    await make_ground()
    place_id = await make_place()
    road_id = await db.fetchval("INSERT INTO road (name, area_id) VALUES ('莲溪路', $1) RETURNING id", TOWN)
    await db.execute("UPDATE place SET road_id = $1", road_id)

    await db.execute("DELETE FROM road")

    assert await db.fetchval("SELECT road_id FROM place WHERE id = $1", place_id) is None


async def test_a_key_stands_for_one_place_of_a_dataset(database):
    await make_ground()
    await make_place(key="same")

    with pytest.raises(asyncpg.UniqueViolationError, match="place_dataset_key_unique"):
        await make_place(key="same")


async def test_a_cell_code_is_fifteen_digits(database):
    await make_ground()

    with pytest.raises((asyncpg.CheckViolationError, asyncpg.StringDataRightTruncationError)):
        await make_cell(f"{COMMITTEE}01", square(2, 2))
