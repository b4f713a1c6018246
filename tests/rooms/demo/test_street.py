"""The demo street in the database: loaded once, located as PostGIS sees it, and never mixed with real data."""

import time

import pytest

from backend import db
from backend.demo import street
from backend.places import queries
from backend.places.kinds import PlaceKind
from backend.places.service import TownIsReal
from tests.makers.places import TOWN, make_area

_FOUND_ELSEWHERE = """
SELECT count(*) FROM place
WHERE (SELECT count(*) FROM grid_cell WHERE ST_Covers(polygon, loc::geometry)) <> 1
    OR (SELECT count(*) FROM area WHERE length(code) = 12 AND ST_Covers(polygon, loc::geometry)) <> 1
    OR (SELECT code FROM grid_cell WHERE ST_Covers(polygon, loc::geometry) LIMIT 1) <> grid_cell_id"""


async def test_the_street_is_loaded_once_and_found_where_it_says(database):
    began = time.perf_counter()
    assert await street.load_street()
    cold_s = time.perf_counter() - began
    began = time.perf_counter()
    assert not await street.load_street()
    warm_s = time.perf_counter() - began

    assert await db.fetchval("SELECT count(*) FROM place WHERE is_demo AND road_id IS NOT NULL") == 6800
    assert await db.fetchval(_FOUND_ELSEWHERE) == 0
    doors = await street.list_featured(PlaceKind.DOORPLATE, 5)
    located = await queries.locate(doors[0].loc)
    assert [door.area_code[:9] for door in doors] == [TOWN] * 5
    assert located.grid_code == doors[0].grid_code
    assert (cold_s < 15, warm_s < 0.5) == (True, True)  # 1 s and 2 ms on an idle machine


async def test_the_street_is_not_laid_over_a_real_town(database):
    await make_area(TOWN)

    with pytest.raises(TownIsReal):
        await street.load_street()

    assert await db.fetchval("SELECT count(*) FROM place") == 0
