"""Open orders on a map: for their staff alone, without a word of anybody, and gone when they have ended."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.maps import order_tiles
from backend.maps.tile_matrix import MapTile
from backend.orders.desk import DeskFilter, DueWhen
from tests.makers.desk import OPEN, OTHER_TOWN, make_dispatcher, make_many
from tests.makers.orders import make_accepted, make_closed, make_order
from tests.makers.tiles import Feature, layers_of, lonlat_of, tile_at
from tests.makers.town import COMMITTEE, DOOR, TOWN, make_actor, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database")
NEAR = tile_at(DOOR, 16)


@pytest.fixture
async def town(database, now):
    return await make_town(now)


async def seen_by(actor, now, tile: MapTile = NEAR) -> list[Feature]:
    return layers_of(await order_tiles.draw_scope(actor, tile, now)).get("orders", [])


async def test_an_order_is_a_point_with_its_number_and_no_word_of_anybody(town, now):
    order_id = (await make_order(town, now, description="我家门口,电话 13800000000")).receipt.order_id

    (found,) = await seen_by(town.dispatcher, now)

    number = await db.fetchval("SELECT number FROM work_order WHERE id = $1", order_id)
    assert found.id == order_id
    assert found.properties == {"number": number, "state": "dispatched", "priority": "P2", "late": False}
    place = lonlat_of(NEAR, found.vertices[0])
    assert (abs(place.lng - DOOR.lng), abs(place.lat - DOOR.lat)) < (1e-5, 1e-5)


async def test_who_is_late_is_said(town, now):
    await make_order(town, now)

    (found,) = await seen_by(town.dispatcher, now + timedelta(days=3))

    assert found.properties["late"] is True


async def test_nobody_sees_orders_of_which_they_are_not_staff(town, now):
    order_id = await make_accepted(town, now)
    other_unit = await make_unit("greening")
    others = [
        await make_dispatcher(OTHER_TOWN),
        await make_actor("另一队", Role.HANDLER, TOWN, unit_id=other_unit),
        await make_actor("别处的本队", Role.HANDLER, OTHER_TOWN, unit_id=town.unit_id),
        await make_actor("志愿者", Role.VOLUNTEER, TOWN),
        await make_actor("店主", Role.SHOP_OWNER, TOWN),
        town.resident,
    ]

    assert [each.id for each in await seen_by(town.dispatcher, now)] == [order_id]
    assert [each.id for each in await seen_by(town.handlers[1], now)] == [order_id]
    assert [await seen_by(each, now) for each in others] == [[]] * len(others)


async def test_only_open_orders_are_drawn(town, now):
    known = await make_many(town, now, 80)
    ended = await make_closed(town, now)

    ids = {each.id for each in await seen_by(town.dispatcher, now)}

    assert ids == {each.id for each in known if each.state in OPEN and each.area.startswith(TOWN)}
    assert ended not in ids


@pytest.mark.parametrize("level", [0, 5, 9, 12, 14])
async def test_from_afar_orders_are_counted_with_those_that_are_late(town, now, level):
    known = await make_many(town, now, 60)
    mine = [each for each in known if each.state in OPEN and each.area.startswith(TOWN)]

    (group,) = await seen_by(town.dispatcher, now, tile_at(DOOR, level))

    late = sum(each.due_at is not None and each.due_at < now for each in mine)
    sides = {side: group.properties.pop(side) for side in ("west", "south", "east", "north")}
    assert group.properties == {"n": len(mine), "late": late}
    assert group.id is None
    assert sides["west"] <= DOOR.lng <= sides["east"] and sides["south"] <= DOOR.lat <= sides["north"]


async def test_a_group_says_between_which_sides_its_orders_lie(town, now):
    one, other = [(await make_order(town, now)).receipt.order_id for _ in range(2)]
    await db.execute(
        "UPDATE work_order SET loc = ST_MakePoint($2, $3)::geography WHERE id = $1",
        other,
        DOOR.lng + 1e-4,
        DOOR.lat - 1e-4,
    )

    (group,) = await seen_by(town.dispatcher, now, tile_at(DOOR, 12))

    assert one != other and group.properties["n"] == 2
    sides = [group.properties[side] for side in ("west", "south", "east", "north")]
    assert sides == pytest.approx([DOOR.lng, DOOR.lat - 1e-4, DOOR.lng + 1e-4, DOOR.lat])


async def test_neighbours_share_no_order(town, now):
    await make_many(town, now, 30)
    edge = NEAR.bounds
    await db.execute("UPDATE work_order SET loc = ST_MakePoint($1, $2)::geography", edge.west, edge.north)
    tiles = [MapTile(16, NEAR.column + east, NEAR.row + south) for east in (-1, 0) for south in (-1, 0)]

    found = [{each.id for each in await seen_by(town.dispatcher, now, tile)} for tile in tiles]

    assert sorted(len(ids) > 0 for ids in found) == [False, False, False, True]


async def test_the_desks_map_has_the_orders_of_the_desks_filter(town, now):
    known = await make_many(town, now, 80)
    for desk_filter, holds in (
        (DeskFilter(item="A101"), lambda each: each.item == "A101"),
        (DeskFilter(due=DueWhen.OVERDUE), lambda each: each.due_at is not None and each.due_at < now),
        (DeskFilter(area=COMMITTEE), lambda each: each.area == COMMITTEE),
        (DeskFilter(text="莲溪路"), lambda each: each.place == "莲溪路7号"),
    ):
        content = await order_tiles.draw_desk(town.dispatcher, NEAR, desk_filter, now)

        found = {each.id for each in layers_of(content).get("orders", [])}
        assert found == {each.id for each in known if each.state in OPEN and each.area.startswith(TOWN) and holds(each)}


async def test_whoever_has_no_desk_there_reads_none_by_a_filter(town, now):
    await make_many(town, now, 20)

    for reader in (town.handlers[0], town.verifier, await make_dispatcher(OTHER_TOWN)):
        found = layers_of(await order_tiles.draw_desk(reader, NEAR, DeskFilter(area=TOWN), now)).get("orders", [])
        assert found == []


async def test_a_crowded_tile_shows_the_most_urgent(town, now):
    known = await make_many(town, now, 40)
    mine = [each for each in known if each.state in OPEN and each.area.startswith(TOWN) and each.due_at]

    content = await order_tiles.draw_scope(town.dispatcher, NEAR, now, most=3)

    assert [each.id for each in layers_of(content)["orders"]] == [
        each.id for each in sorted(mine, key=lambda each: (each.due_at, each.id))
    ][:3]
