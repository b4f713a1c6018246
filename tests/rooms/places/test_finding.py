"""Where a point lies, and what is near it."""

import pytest

from backend import db
from backend.geo import area_sql
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.places import queries
from backend.places.errors import AreaNotFound, PlaceNotFound
from backend.places.kinds import AreaLevel, PlaceKind
from backend.places.structs import Located
from tests.makers.places import COMMITTEE, HOME, SQUARE, TOWN, inside, make_area, make_ground, make_place, square

NOWHERE = LonLat(100.0, 20.0)


async def test_a_point_in_a_cell_belongs_to_the_cells_committee(database):
    await make_ground()

    assert await queries.locate(inside(1, 0)) == Located(grid_code=f"{COMMITTEE}002", area_code=COMMITTEE)


async def test_a_point_outside_every_cell_belongs_to_the_smallest_area(database):
    await make_ground()

    assert await queries.locate(inside(5, 2)) == Located(grid_code=None, area_code=COMMITTEE)
    assert await queries.locate(inside(5, 8)) == Located(grid_code=None, area_code=TOWN)


async def test_a_point_on_the_border_of_two_cells_belongs_to_the_lower_code(database):
    await make_ground()

    between = LonLat(HOME.lng + SQUARE / 2, HOME.lat)

    assert (await queries.locate(between)).grid_code == f"{COMMITTEE}001"


async def test_of_two_overlapping_towns_the_smaller_is_meant(database):
    await make_area("310115101", square(0, 0, 5 * SQUARE), name="大")
    await make_area("310115102", square(0, 0, 2 * SQUARE), name="小")

    assert (await queries.locate(HOME)).area_code == "310115102"


async def test_a_point_nowhere_has_no_area(database):
    await make_ground()

    assert await queries.locate(NOWHERE) == Located(grid_code=None, area_code=None)


async def test_the_nearest_place_is_found_with_its_distance(database):
    await make_ground()
    await make_place(inside(3, 0), key="far")
    near = await make_place(inside(1, 0), key="near")

    found = (await queries.look_around(HOME, within_m=200)).nearest

    assert found is not None
    assert found.id == near
    assert found.distance_m == pytest.approx(metres_between(HOME, inside(1, 0)), rel=0.001)


async def test_no_place_is_nearest_when_all_are_too_far(database):
    await make_ground()
    await make_place(inside(3, 0))

    assert (await queries.look_around(HOME, within_m=100)).nearest is None


async def test_the_nearest_place_may_be_asked_for_by_kind(database):
    await make_ground()
    await make_place(HOME, kind=PlaceKind.STOREFRONT, key="shop")
    door = await make_place(inside(1, 0), key="door")

    found = (await queries.look_around(HOME, within_m=200, kinds=(PlaceKind.DOORPLATE,))).nearest

    assert found is not None
    assert found.id == door


async def test_looking_around_says_the_same_of_cell_and_area_as_asking_for_them(database):
    await make_ground()
    await make_place(inside(1, 0))

    for point, within_m in ((HOME, 200), (HOME, 20), (inside(5, 8), 200), (NOWHERE, 200)):
        seen = await queries.look_around(point, within_m)

        located = await queries.locate(point)
        assert (seen.grid_code, seen.area_code) == (located.grid_code, located.area_code)


async def test_places_near_are_listed_nearest_first(database):
    await make_ground()
    third, first, second = [await make_place(inside(column, 0), key=str(column)) for column in (2, 0, 1)]
    await make_place(inside(9, 0), key="too far")

    page = await queries.list_near(HOME, radius_m=300)

    assert [place.id for place in page.items] == [first, second, third]


async def test_a_place_is_read_with_its_position_and_area(database):
    await make_ground()
    place_id = await make_place(HOME)

    place = await queries.get_place(place_id)

    assert (place.loc, place.area_name, place.label) == (HOME, "北蔡镇", "莲安东路128号")


async def test_an_unknown_place_or_area_is_not_found(database):
    with pytest.raises(PlaceNotFound):
        await queries.get_place(404)
    with pytest.raises(AreaNotFound):
        await queries.get_area("999999")


async def test_places_are_listed_by_their_sources_keys_in_the_order_asked(database):
    await make_ground()
    one, two = [await make_place(key=key) for key in ("one", "two")]

    page = await queries.list_by_source_keys("made", ["two", "missing", "one"])

    assert [place.id for place in page.items] == [two, one]
    assert await queries.list_ids("made") == [one, two]


async def test_areas_within_a_prefix_are_paged_by_code(database):
    for code in ("310115", "310115105", "310115105001", "310115105002", "310115106", "310116"):
        await make_area(code, name=code)

    first = await queries.list_areas("310115", limit=3)
    second = await queries.list_areas("310115", cursor=first.next_cursor, limit=3)
    committees = await queries.list_areas("310115105", level=AreaLevel.COMMITTEE)

    assert [area.code for area in first.items] == ["310115", "310115105", "310115105001"]
    assert [area.code for area in second.items] == ["310115105002", "310115106"]
    assert second.next_cursor is None
    assert [area.code for area in committees.items] == ["310115105001", "310115105002"]


@pytest.mark.parametrize(
    "index", ["grid_cell_polygon", "area_polygon", "place_loc", "place_area_prefix", "area_code_prefix"]
)
async def test_every_search_has_an_index_that_fits_it(database, index):
    text, around = queries.around(HOME, 50).bound()
    questions = {
        "grid_cell_polygon": (queries.LOCATE, HOME.lng, HOME.lat),
        "area_polygon": (queries.LOCATE, HOME.lng, HOME.lat),
        "place_loc": (text, *around),
        "place_area_prefix": (f"SELECT id FROM place WHERE {area_sql.within('area_id', '$1::text')}", TOWN),
        "area_code_prefix": (f"SELECT name FROM area WHERE {area_sql.within('code', '$1::text')}", TOWN),
    }
    question, *values = questions[index]

    async with db.transaction():
        await db.execute("SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan")
        plan = "\n".join(row[0] for row in await db.fetch(f"EXPLAIN {question}", *values))

    assert index in plan
