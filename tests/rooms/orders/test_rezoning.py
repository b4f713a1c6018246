"""边界调整: when a border is moved, what goes on follows it, and what has ended is told where its place is."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import shapely

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.assignment import rezoning
from backend.orders.desk import DeskFilter, DeskTab, search, view_desk
from backend.orders.model.errors import OrderNotFound
from backend.orders.reads import place_orders
from backend.orders.reads.place_history import get_history
from backend.orders.reads.place_orders import PlaceSource
from backend.orders.transitions.transition import TransitionContext
from backend.places.importing import runs
from push import queries as push
from tests.makers.accounts import bearer
from tests.makers.commands import type_all
from tests.makers.duty import order_of, put_on_duty
from tests.makers.orders import make_accepted, make_closed, make_handled, make_order
from tests.makers.places import feature, options_for, write_geojson
from tests.makers.town import COMMITTEE, DOOR, TOWN, SmallTown, make_actor, make_town, make_unit
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database", "photo_room")
OTHER = "310115106"
OTHER_COMMITTEE = f"{OTHER}001"
OTHER_CELL = f"{OTHER_COMMITTEE}001"


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    """A town that counts as a real one, so that files may change it."""
    made = await make_town(now)
    for table in ("area", "grid_cell", "place"):
        await db.execute(f"UPDATE {table} SET is_demo = false")
    return made


def square(east: int) -> dict:
    west = DOOR.lng - 0.0005 + east * 0.001
    return shapely.geometry.mapping(shapely.box(west, DOOR.lat - 0.0005, west + 0.001, DOOR.lat + 0.0005))


def new_borders(tmp_path: Path) -> Path:
    """The door's own square goes to the other town; the three to the east stay."""
    rest = shapely.geometry.mapping(shapely.union_all([shapely.geometry.shape(square(east)) for east in (1, 2, 3)]))
    return write_geojson(
        tmp_path / "borders.json",
        feature(rest, code=TOWN, name="北蔡镇"),
        feature(rest, code=COMMITTEE, name="第一居委"),
        feature(square(4), code=f"{COMMITTEE}001"),
        feature(square(0), code=OTHER, name="花木街道"),
        feature(square(0), code=OTHER_COMMITTEE, name="花木一居委"),
        feature(square(0), code=OTHER_CELL),
    )


async def move_border(tmp_path: Path, now: datetime) -> tuple[int, int]:
    """How many places and orders followed."""
    report = await runs.import_areas(options_for(new_borders(tmp_path)))
    return report.moved, await rezoning.rezone(now)


async def make_other_unit(now: datetime) -> tuple[int, Actor]:
    unit_id = await make_unit(area_code=OTHER)
    handler = await make_actor("花木处置员", Role.HANDLER, OTHER, unit_id=unit_id)
    await put_on_duty(handler, now, area=OTHER)
    return unit_id, handler


async def steps(order_id: int) -> list[str]:
    rows = await db.fetch("SELECT move FROM order_step WHERE order_id = $1 ORDER BY id", order_id)
    return [row["move"] for row in rows if row["move"] != "clock"]


async def where(order_id: int) -> tuple[str, str]:
    order = await order_of(order_id)
    return order["area_code"], order["grid_code"]


async def test_an_open_order_follows_its_door_to_the_other_town_and_its_unit(town, now, tmp_path):
    unit_id, handler = await make_other_unit(now)
    order_id = await make_accepted(town, now)

    assert await move_border(tmp_path, now) == (1, 1)

    order = await order_of(order_id)
    assert (order["area_code"], order["grid_code"]) == (OTHER_COMMITTEE, OTHER_CELL)
    assert (order["state"], order["unit_id"], order["handler_id"]) == ("dispatched", unit_id, handler.account_id)
    assert await steps(order_id) == ["open", "accept", "rezone", "hand_over"]
    await reads.get_order(order_id, await make_actor("花木派单", Role.DISPATCHER, OTHER), now)
    with pytest.raises(OrderNotFound):
        await reads.get_order(order_id, town.dispatcher, now)
    await orders.accept(order_id, TransitionContext(actor=handler, now=now))


async def test_a_second_time_nothing_moves(town, now, tmp_path):
    await make_other_unit(now)
    order_id = await make_accepted(town, now)
    await move_border(tmp_path, now)
    before = dict(await order_of(order_id))

    assert await move_border(tmp_path, now) == (0, 0)

    assert dict(await order_of(order_id)) == before


async def test_a_unit_of_the_whole_district_keeps_the_order_and_so_does_whoever_may_act_there(town, now, tmp_path):
    await make_other_unit(now)
    order_id = await make_accepted(town, now)
    await db.execute("UPDATE org_unit SET area_code = '310115' WHERE id = $1", town.unit_id)
    await db.execute("UPDATE role_grant SET area_code = '310115' WHERE account_id = $1", town.handlers[0].account_id)

    await move_border(tmp_path, now)

    order = await order_of(order_id)
    assert (order["state"], order["unit_id"]) == ("accepted", town.unit_id)
    assert order["handler_id"] == town.handlers[0].account_id
    assert await steps(order_id) == ["open", "accept", "rezone"]


async def test_where_the_unit_stays_and_its_handler_has_no_right_there_somebody_else_has_it(town, now, tmp_path):
    order_id = await make_accepted(town, now)
    await db.execute("UPDATE org_unit SET area_code = '310115' WHERE id = $1", town.unit_id)

    await move_border(tmp_path, now)

    order = await order_of(order_id)
    assert order["handler_id"] != town.handlers[0].account_id
    assert (await steps(order_id))[-2:] == ["rezone", "hand_over"]


async def test_where_no_rule_names_a_unit_the_centre_of_the_other_town_has_it(town, now, tmp_path):
    order_id = (await make_order(town, now)).receipt.order_id

    await move_border(tmp_path, now)

    order = await order_of(order_id)
    assert (order["area_code"], order["unit_id"], order["handler_id"]) == (OTHER_COMMITTEE, None, None)


async def test_work_that_waits_for_its_verifier_keeps_its_unit_and_is_verified_there(town, now, tmp_path):
    await make_other_unit(now)
    order_id = await make_handled(town, now)

    await move_border(tmp_path, now)

    order = await order_of(order_id)
    assert (order["state"], order["unit_id"], order["area_code"]) == ("handled", town.unit_id, OTHER_COMMITTEE)
    await reads.get_order(order_id, await make_actor("花木核查", Role.VERIFIER, OTHER), now)


async def test_a_verifier_who_looked_before_the_border_moved_need_not_look_again(town, now, tmp_path):
    order_id = await make_handled(town, now)
    before = await db.fetchval("SELECT changed_version FROM work_order WHERE id = $1", order_id)

    await move_border(tmp_path, now)

    assert await db.fetchval("SELECT changed_version FROM work_order WHERE id = $1", order_id) == before


async def test_an_ended_order_stays_and_is_told_in_the_history_of_its_place(client, town, now, tmp_path):
    ended = await make_closed(town, now)
    open_one = (await make_order(town, now + timedelta(minutes=1))).receipt.order_id
    await move_border(tmp_path, now)
    reader = await make_actor("花木派单", Role.DISPATCHER, OTHER)

    told = await place_orders.list_orders([PlaceSource(town.place_id)], reader)
    history = await get_history(town.place_id, reader, now, limit=10)
    page = await client.get(f"/places/{town.place_id}/history", headers={"accept": "text/html"} | bearer(reader))

    assert await where(ended) == (COMMITTEE, f"{COMMITTEE}001")
    assert [(order.id, order.may_open) for order in told.items] == [(open_one, True), (ended, False)]
    assert sum(each.total for each in history.classes) == 2
    assert [order.id for order in history.orders.items] == [open_one]
    assert f'href="/o/{open_one}"' in page.text
    assert f'href="/o/{ended}"' not in page.text
    assert "原辖区" in page.text


@pytest.mark.parametrize("places_most", [1000, 0], ids=["few-places", "many-places"])
async def test_the_desk_of_before_still_finds_what_ended_there_by_its_place(
    town, now, tmp_path, monkeypatch, places_most
):
    monkeypatch.setattr(search, "_PLACES_MAX", places_most)
    ended = await make_closed(town, now)

    await move_border(tmp_path, now)
    view = await view_desk(town.dispatcher, DeskFilter(tab=DeskTab.ENDED, text="莲安东路"), now)

    assert [order.id for order in view.page.items] == [ended]


async def test_the_desk_there_is_told_and_that_of_before_is_not(database, town, now, tmp_path):
    desk = await make_actor("花木派单", Role.DISPATCHER, OTHER)
    await make_order(town, now)

    await move_border(tmp_path, now)
    await work(database)

    async def are_told(who: Actor) -> bool:
        messages = (await push.list_messages(who.account_id, limit=20)).items
        return any("边界调整" in message.title_zh for message in messages)

    assert (await are_told(desk), await are_told(town.dispatcher)) == (True, False)


async def test_a_place_comes_to_the_road_of_its_new_town(town, now, tmp_path):
    road = await db.fetchval("INSERT INTO road (name, area_id) VALUES ('莲安东路', $1) RETURNING id", TOWN)
    await db.execute("UPDATE place SET road_id = $1, road_name = '莲安东路'", road)

    await move_border(tmp_path, now)

    rows = await db.fetch("SELECT road.area_id AS area_code, road.name FROM place JOIN road ON road.id = place.road_id")
    assert [tuple(row) for row in rows] == [(OTHER, "莲安东路")]


async def test_the_command_says_how_many_places_and_orders_moved(database, town, now, tmp_path):
    order_id = (await make_order(town, now)).receipt.order_id

    [answer] = type_all(database, [("import", "areas", str(new_borders(tmp_path)))], YIMA_MODE="demo")

    assert answer.code == 0
    assert "1 个点位" in answer.out
    assert "1 张在办工单" in answer.out
    assert await where(order_id) == (OTHER_COMMITTEE, OTHER_CELL)
