"""Who could take an order over: who is on duty or on call, how far away, and with how much in hand."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.duty import service as duty
from backend.geo.points import Fix
from backend.orders.assignment.available import list_available
from tests.makers.duty import NEXT_DOOR, make_handler, put_on_duty
from tests.makers.orders import make_accepted, make_order
from tests.makers.town import COMMITTEE, DOOR, TOWN, make_actor, make_staffed_unit, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def test_positions_count_only_of_who_is_on_duty_and_fresh_and_else_the_area_of_duty(now):
    town = await make_town(now, handlers=1)
    order_id = await make_accepted(town, now)
    near, stale, off, on_call = [await make_handler(town.unit_id, name) for name in ("近", "旧", "休", "候")]
    other_unit = await make_staffed_unit("sanitation")
    await make_actor("别处", Role.HANDLER, "310115106", unit_id=town.unit_id)
    for who in (near, stale, off):
        await put_on_duty(who, now, area=COMMITTEE)
    here, there = [Fix(lng=at.lng, lat=at.lat, accuracy_m=8) for at in (DOOR, NEXT_DOOR)]
    await duty.keep_position(near, there, now)
    await duty.keep_position(stale, here, now - timedelta(minutes=20))
    await duty.keep_position(off, here, now)
    await duty.end_shift(off.account_id, now - timedelta(minutes=1))
    await duty.go_on_call(on_call, TOWN, now)

    found = {one.name: one for one in await list_available(order_id, now)}

    assert set(found) == {"近", "旧", "休", "候", "sanitation处置员"}, "but for who has it"
    assert (round(found["近"].distance_m or 0), found["近"].is_by_position) == (95, True)
    assert [(found[name].is_by_position, found[name].distance_m is None) for name in "旧候休"] == [
        (False, False),
        (False, False),
        (False, True),
    ]
    assert [(found[name].is_on_duty, found[name].is_on_call) for name in "近候休"] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert next(iter(found)) == "近" and found["sanitation处置员"].unit.id == other_unit
    assert [each.answers for each in found.values()] == [True, True, True, True, False]


async def test_what_somebody_has_in_hand_is_counted_and_puts_the_free_in_front(now):
    town = await make_town(now)
    first, second = [await make_accepted(town, now) for _ in range(2)]
    order_id = (await make_order(town, now)).receipt.order_id
    await db.execute("UPDATE work_order SET handler_id = NULL WHERE id = $1", order_id)

    line = [(one.name, one.load) for one in await list_available(order_id, now)]

    assert len({first, second}) == 2
    assert line == [("巡查员1", 2), ("巡查员2", 0)], "on duty before off duty, whatever they have in hand"
