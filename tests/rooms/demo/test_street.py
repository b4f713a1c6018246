"""The demo street in the database: loaded once, located as PostGIS sees it, and never mixed with real data."""

import pytest

from backend import db
from backend.demo import street
from backend.places import queries
from backend.places.kinds import PlaceKind
from backend.places.service import TownIsReal
from tests.makers.places import TOWN, make_area
from tests.makers.statements import count_statements

WARM_STATEMENTS = 3
"""Of a start that finds the street laid, which takes 2 ms; the first one takes 1 s."""
_FOUND_ELSEWHERE = """
SELECT count(*) FROM place
WHERE (SELECT count(*) FROM grid_cell WHERE ST_Covers(polygon, loc::geometry)) <> 1
    OR (SELECT count(*) FROM area WHERE length(code) = 12 AND ST_Covers(polygon, loc::geometry)) <> 1
    OR (SELECT code FROM grid_cell WHERE ST_Covers(polygon, loc::geometry) LIMIT 1) <> grid_cell_id"""


async def test_the_street_is_loaded_once_and_found_where_it_says(database):
    assert await street.load_street()
    assert await count_statements(street.load_street) <= WARM_STATEMENTS
    assert not await street.load_street()

    assert await db.fetchval("SELECT count(*) FROM place WHERE is_demo AND road_id IS NOT NULL") == 6800
    assert await db.fetchval(_FOUND_ELSEWHERE) == 0
    doors = await street.list_featured(PlaceKind.DOORPLATE, 5)
    located = await queries.locate(doors[0].loc)
    assert [door.area_code[:9] for door in doors] == [TOWN] * 5
    assert located.grid_code == doors[0].grid_code


async def test_the_street_is_not_laid_over_a_real_town(database):
    await make_area(TOWN)

    with pytest.raises(TownIsReal):
        await street.load_street()

    assert await db.fetchval("SELECT count(*) FROM place") == 0
