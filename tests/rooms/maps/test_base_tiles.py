"""The ground: what is public knowledge, where it lies, in no more detail than a level of the map can show."""

import pytest
import shapely

from backend import db
from backend.geo.columns import encode
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.maps import base_tiles, ground
from backend.maps.tile_matrix import MapTile
from tests.makers.tiles import Feature, layers_of, lonlat_of, tile_at
from tests.makers.town import COMMITTEE, DOOR, FAR_AWAY, TOWN, make_town

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
async def town(database, now):
    made = await make_town(now, handlers=0)
    await db.execute(
        "INSERT INTO road (name, area_id, line) VALUES ('莲安东路', $1, $2)",
        *(TOWN, encode(shapely.MultiLineString([[(DOOR.lng - 0.01, DOOR.lat), (DOOR.lng + 0.01, DOOR.lat)]]))),
    )
    return made


async def drawn(level: int, point: LonLat = DOOR) -> dict[str, list[Feature]]:
    return layers_of(await base_tiles.draw(tile_at(point, level)))


async def add_place(kind: str, name: str, point: LonLat, **columns: str) -> None:
    await db.execute(
        "INSERT INTO place (kind, name, area_id, loc, raw_lng, raw_lat, dataset, source_key, road_name, house_number)"
        " VALUES ($1, $2, $3, ST_MakePoint($4, $5)::geography, $4, $5, 'more', $8, $6, $7)",
        *(kind, name, COMMITTEE, point.lng, point.lat, columns.get("road", ""), columns.get("number", "")),
        f"{kind}:{name}",
    )


async def test_a_door_lies_where_it_stands_with_its_number(town):
    place = next(each for each in (await drawn(16))["places"] if each.id == town.place_id)

    assert metres_between(lonlat_of(tile_at(DOOR, 16), place.vertices[0]), DOOR) < 0.5
    assert place.properties == {"kind": "doorplate", "number": "100", "name": "莲安东路100号"}


async def test_a_door_on_a_road_is_called_by_both_and_by_nothing_else():
    await add_place("doorplate", "", LonLat(DOOR.lng + 0.0001, DOOR.lat), road="莲安东路", number="102")
    await add_place("storefront", "张记面馆", LonLat(DOOR.lng + 0.0002, DOOR.lat), road="莲安东路", number="102")

    told = [each.properties for each in (await drawn(16))["places"]]

    assert {"kind": "doorplate", "number": "102", "road": "莲安东路"} in told
    assert {"kind": "storefront", "number": "102", "road": "莲安东路", "name": "张记面馆"} in told


@pytest.mark.parametrize(
    ("level", "names"),
    [
        (8, {"areas": set()}),
        (10, {"areas": {"town"}}),
        (12, {"areas": {"town", "committee"}, "roads": {()}}),
        (13, {"areas": {"town", "committee"}, "roads": {("莲安东路",)}}),
        (14, {"cells": {f"{COMMITTEE}001", f"{COMMITTEE}002", f"{COMMITTEE}003", f"{COMMITTEE}004"}}),
        (15, {"places": {(("kind", "doorplate"),)}}),
    ],
)
async def test_a_level_shows_what_it_can_hold(level, names):
    there = await drawn(level)

    told = {
        "areas": {each.properties["level"] for each in there.get("areas", [])},
        "roads": {tuple(each.properties.values()) for each in there.get("roads", [])},
        "cells": {each.properties["code"] for each in there.get("cells", [])},
        "places": {tuple(each.properties.items()) for each in there.get("places", [])},
    }
    assert {name: told[name] for name in names} == names
    assert ("places" in there, "cells" in there, "roads" in there) == (level >= 15, level >= 14, level >= 12)


async def test_what_lies_on_an_edge_is_in_one_of_the_neighbours_alone():
    edge = tile_at(DOOR, 16).bounds
    await add_place("point", "灯杆", LonLat(edge.east, (edge.south + edge.north) / 2))
    left = tile_at(DOOR, 16)

    tiles = [MapTile(16, left.column + east, left.row) for east in (-1, 0, 1)]
    found = [
        [each.properties.get("name") for each in layers_of(await base_tiles.draw(tile)).get("places", [])]
        for tile in tiles
    ]

    assert sum(names.count("灯杆") for names in found) == 1


async def test_an_area_is_named_in_one_tile_and_outlined_in_all_that_it_touches():
    middle = tile_at(DOOR, 18)
    around = [MapTile(18, middle.column + east, middle.row + south) for east in range(-2, 5) for south in range(-2, 3)]

    tiles = [layers_of(await base_tiles.draw(tile)) for tile in around]

    named = [each.properties["code"] for tile in tiles for each in tile.get("area_names", [])]
    assert sorted(named) == [TOWN, COMMITTEE]
    assert sum("areas" in tile for tile in tiles) >= 2


async def test_where_nothing_is_the_tile_is_empty():
    assert await base_tiles.draw(tile_at(FAR_AWAY, 16)) == b""
    assert await base_tiles.draw(MapTile(3, 0, 0)) == b""


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE area SET name = '另一居委' WHERE level = 'committee'",
        "UPDATE road SET name = '莲溪路'",
        "UPDATE place SET house_number = '101'",
        "DELETE FROM road",
        "UPDATE grid_cell SET is_demo = false",
    ],
)
async def test_the_version_changes_with_whatever_a_map_draws(change):
    before = await ground.read_version()

    await db.execute(change)

    assert await ground.read_version() != before


async def test_the_version_stays_while_nothing_changes_and_sees_a_change_that_commits_late():
    before = await ground.read_version()
    assert await ground.read_version() == before

    await db.execute("INSERT INTO map_change (id) VALUES (1000000)")
    early = await ground.read_version()
    await db.execute("INSERT INTO map_change (id) VALUES (999999)")

    assert len({before, early, await ground.read_version()}) == 3


async def test_a_map_looks_at_the_areas_that_were_named():
    everywhere, here, nowhere = [await ground.read_ground(areas) for areas in ([""], [COMMITTEE], ["310116"])]

    assert everywhere.bounds == here.bounds
    assert here.bounds is not None
    assert here.bounds.west < DOOR.lng < here.bounds.east and here.bounds.south < DOOR.lat < here.bounds.north
    assert nowhere.bounds is None
