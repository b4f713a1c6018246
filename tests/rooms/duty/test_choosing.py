"""Who gets a new order in the small town: by beat, position, load; by name; and when nobody is there."""

from datetime import timedelta

import msgspec
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.duty import service as duty
from backend.geo.points import Fix
from backend.items import service as items
from push import queries as push
from tests.makers.duty import (
    CELL,
    NEXT_CELL,
    make_handler,
    make_team,
    name,
    open_order,
    order_of,
    put_on_duty,
)
from tests.makers.town import COMMITTEE, DOOR, TOWN, make_actor, make_town, make_unit
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
HOUR = timedelta(hours=1)


@pytest.fixture
async def unit(database, now):
    """The town's patrol, with nobody in it yet."""
    return (await make_town(now, handlers=0)).unit_id


async def owner(now, **where):
    """Unit and handler of an order that is opened now."""
    order = await order_of((await open_order(now, **where)).order_id)
    return order["unit_id"], order["handler_id"]


async def detail(order_id):
    text = await db.fetchval("SELECT detail::text FROM order_step WHERE order_id = $1 AND move = 'open'", order_id)
    return msgspec.json.decode(text)


async def test_a_shift_covers_everything_within_its_area_and_nothing_else(unit, now):
    wang = await make_handler(unit)
    await put_on_duty(wang, now, area=f"{TOWN}002")
    assert await owner(now) == (None, None)

    await put_on_duty(wang, now, area=TOWN)
    assert await owner(now) == (unit, wang.account_id)


async def test_the_team_of_the_beat_comes_first(unit, now):
    long_on_duty, of_the_beat = await make_handler(unit), await make_handler(unit)
    await put_on_duty(long_on_duty, now, hours=8)
    await put_on_duty(of_the_beat, now)
    team = await make_team(unit, of_the_beat, beat=[CELL])

    opened = await open_order(now)

    assert (await order_of(opened.order_id))["handler_id"] == of_the_beat.account_id
    assert (await detail(opened.order_id))["team"] == team
    assert await owner(now, cell=NEXT_CELL) == (unit, long_on_duty.account_id)


async def test_the_nearest_fresh_position_comes_before_the_lighter_load(unit, now):
    near, far = await make_handler(unit), await make_handler(unit)
    for who, lng in ((near, DOOR.lng), (far, DOOR.lng + 0.01)):
        await put_on_duty(who, now)
        await duty.keep_position(who, Fix(lng=lng, lat=DOOR.lat, accuracy_m=15), now)

    found = [await owner(now) for _ in range(3)]

    assert found == [(unit, near.account_id)] * 3


async def test_where_nobody_is_seen_orders_go_round_by_load(unit, now):
    first, second = await make_handler(unit), await make_handler(unit)
    await put_on_duty(first, now, hours=8)
    await put_on_duty(second, now)

    found = [(await owner(now))[1] for _ in range(4)]

    assert found == [first.account_id, second.account_id] * 2


async def test_a_named_person_gets_it_off_duty_too(unit, now):
    on_duty, named = await make_handler(unit), await make_handler(unit)
    await put_on_duty(on_duty, now)
    await name(unit, named, item_code="A101", area_code=TOWN)

    assert await owner(now) == (unit, named.account_id)
    assert await owner(now, item="A202") == (unit, on_duty.account_id)


async def test_the_most_specific_named_duty_wins(unit, now):
    people = [await make_handler(unit, name=str(number)) for number in range(4)]
    team = await make_team(unit, beat=[CELL])
    await name(unit, people[0], area_code=COMMITTEE)
    await name(unit, people[1], team_id=team)
    await name(unit, people[2], item_code="A101", area_code=TOWN)
    assert (await owner(now))[1] == people[2].account_id

    await name(unit, people[3], item_code="A101", team_id=team)
    assert (await owner(now))[1] == people[3].account_id
    assert (await owner(now, item="A202"))[1] == people[1].account_id
    assert (await owner(now, item="A202", cell=NEXT_CELL))[1] == people[0].account_id


async def test_somebody_who_left_or_handles_elsewhere_is_passed_over(unit, now):
    gone, here = await make_handler(unit), await make_handler(unit)
    elsewhere = await make_handler(unit, area="310104003")
    await name(unit, gone, item_code="A101", area_code=COMMITTEE)
    await name(unit, elsewhere, item_code="A101", area_code=TOWN)
    await name(unit, here, area_code=TOWN)
    await duty.deactivate(gone.account_id, now)

    assert await owner(now) == (unit, here.account_id)


async def test_a_watched_order_tells_its_supervisor_at_every_stage_from_the_first(database, unit, now):
    named, watcher = await make_handler(unit), await make_actor("中队长", Role.DISPATCHER, "310115106")
    await name(unit, named, item_code="A101", area_code=TOWN, supervisor=watcher)

    opened = await open_order(now)
    await work(database)

    order = await order_of(opened.order_id)
    told = (await push.list_messages(watcher.account_id, limit=10)).items
    assert order["supervisor_id"] == watcher.account_id
    assert (await detail(opened.order_id))["strength"] == "watched"
    assert [message.order_id for message in told] == [opened.order_id]


async def test_nobody_on_duty_of_a_unit_with_a_roster_falls_to_the_centre_whose_dispatchers_hear_of_it(
    database, unit, now
):
    dispatcher = await make_actor("值守", Role.DISPATCHER, TOWN)
    wang = await make_handler(unit)
    await put_on_duty(wang, now, hours=9, until=now - HOUR)

    opened = await open_order(now)
    await work(database)

    order = await order_of(opened.order_id)
    assert (order["unit_id"], order["handler_id"]) == (None, None)
    told = (await push.list_messages(dispatcher.account_id, limit=10)).items
    assert [message.order_id for message in told] == [opened.order_id]
    assert (await detail(opened.order_id))["rule"] is not None


async def test_where_the_area_has_no_dispatcher_the_street_hears_of_what_lies_at_the_centre(database, unit, now):
    await db.execute("UPDATE role_grant SET area_code = '310104' WHERE role = 'dispatcher'")
    street = await make_actor("镇管理员", Role.STREET_ADMIN, TOWN)

    opened = await open_order(now)
    await work(database)

    told = (await push.list_messages(street.account_id, limit=10)).items
    assert [message.order_id for message in told] == [opened.order_id]


async def test_a_roster_that_was_given_up_a_month_ago_is_none(unit, now):
    wang = await make_handler(unit)
    await put_on_duty(wang, now, hours=31 * 24, until=now - timedelta(days=30, minutes=1))

    assert await owner(now) == (unit, None)


async def test_a_unit_that_keeps_no_roster_has_its_pool_and_one_without_people_has_none(unit, now):
    assert await owner(now) == (None, None)

    await make_handler(unit)
    assert await owner(now) == (unit, None)


async def test_an_order_at_night_about_a_matter_of_working_hours_goes_to_whoever_begins_in_the_morning(unit, now):
    monday = now.replace(day=19, hour=23, minute=0)
    tomorrow = monday.replace(day=20, hour=8, minute=30)
    early = await make_handler(unit)
    await put_on_duty(early, tomorrow, hours=0, until=tomorrow + 8 * HOUR)

    assert await owner(monday, item="A402") == (unit, early.account_id)
    assert await owner(monday.replace(hour=21), item="A101") == (None, None)


async def test_a_rule_for_the_item_beats_one_for_the_unit_type_and_its_id_is_kept(unit, now):
    await make_handler(unit)
    other = await make_unit("joint_station")
    await make_handler(other)
    await items.set_rule(unit_id=other, area_code=COMMITTEE, item_code="A101")

    opened = await open_order(now)

    won = await db.fetchval("SELECT id FROM responsibility_rule WHERE item_id = 'A101'")
    assert (await order_of(opened.order_id))["unit_id"] == other
    assert await detail(opened.order_id) == {"strength": "pool", "rule": won}
