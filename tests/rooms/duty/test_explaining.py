"""Why an order would go where it goes: the rule that wins, those it beats, the ranking, or why nobody is there."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from backend.accounts.structs import Role
from backend.duty import service as duty
from backend.duty.structs import Strength
from backend.geo.points import Fix
from backend.items import service as items
from backend.orders.assignment.responsibility import explain
from tests.makers.accounts import bearer, make_staff
from tests.makers.duty import CELL, HERE, NEXT_DOOR, make_handler, make_team, open_order, order_of, put_on_duty
from tests.makers.town import COMMITTEE, TOWN, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def unit(database, now):
    return (await make_town(now, handlers=0)).unit_id


async def test_the_most_specific_rule_wins_and_those_it_beats_are_named_in_their_order(unit, now):
    for_the_item = await make_unit("joint_station")
    district = await make_unit("chengguan_patrol", TOWN[:6])
    await items.set_rule(unit_id=for_the_item, area_code=TOWN[:6], item_code="A101")

    answer = await explain(HERE, now)

    assert answer.rule is not None
    assert (answer.rule.item_code, answer.rule.area_code, answer.rule.unit_id) == ("A101", TOWN[:6], for_the_item)
    assert [rule.unit_id for rule in answer.beaten] == [unit, district]


async def test_the_ranking_shows_what_it_looked_at(unit, now):
    of_the_beat, near = await make_handler(unit, "片区"), await make_handler(unit, "附近")
    await put_on_duty(of_the_beat, now, hours=2)
    await put_on_duty(near, now)
    await make_team(unit, of_the_beat, beat=[CELL])
    await duty.keep_position(near, Fix(lng=NEXT_DOOR.lng, lat=NEXT_DOOR.lat, accuracy_m=9), now)
    await open_order(now)

    answer = await explain(HERE, now + timedelta(minutes=5))

    seen = [(one.name, one.team, one.distance_m, one.fix_age_s, one.load) for one in answer.ranking]
    assert seen == [("片区", "first班", None, None, 1), ("附近", None, 95, 300, 0)]
    assert answer.handler is not None
    assert answer.handler.name == "片区"


async def test_what_is_explained_is_what_happens(unit, now):
    for name in ("甲", "乙", "丙"):
        await put_on_duty(await make_handler(unit, name), now)

    for _ in range(4):
        answer = await explain(HERE, now)
        order = await order_of((await open_order(now)).order_id)

        assert answer.handler is not None
        assert order["handler_id"] == answer.handler.id


async def test_asking_opens_nothing(unit, now):
    await explain(HERE, now)

    assert await order_of(1) is None


@pytest.mark.parametrize(
    ("item", "has_people", "why"),
    [("A301", True, "没有规则"), ("A101", False, "均无人值班"), ("A101", True, "均无人值班")],
)
async def test_the_centre_is_given_a_reason(unit, now, item, has_people, why):
    if has_people:
        await put_on_duty(await make_handler(unit), now, hours=9, until=now - timedelta(hours=1))

    answer = await explain(replace(HERE, item_code=item), now)

    assert (answer.strength, answer.unit, answer.handler) == (Strength.CENTRE, None, None)
    assert why in answer.why_zh


async def test_at_night_whoever_begins_in_the_morning_is_shown(unit, now):
    evening = now.replace(day=19, hour=23)
    morning = now.replace(day=20, hour=8, minute=30)
    await put_on_duty(await make_handler(unit, "早班"), morning, hours=0)

    answer = await explain(replace(HERE, item_code="A402"), evening)

    assert (answer.begins_at.day, answer.begins_at.hour) == (20, 9)
    assert [one.name for one in answer.ranking] == ["早班"]
    assert "开始计时时" in answer.why_zh


async def test_the_desk_asks_within_its_area_only(client, now):
    await make_town(now)
    desk, far = await make_staff(Role.DISPATCHER), await make_staff(Role.DISPATCHER, area="310104003")
    query = {"item": "A101", "area": COMMITTEE, "grid": CELL, "lng": NEXT_DOOR.lng, "lat": NEXT_DOOR.lat}

    answers = [await client.get("/api/v1/responsibility", params=query, headers=bearer(who)) for who in (desk, far)]
    wrong = [
        await client.get("/api/v1/responsibility", params=query | more, headers=bearer(desk))
        for more in ({"grid": "310104003001001"}, {"item": "Z999"}, {"at": "9999-12-31T23:59:59"}, {"at": "soon"})
    ]

    assert [answer.status_code for answer in answers] == [200, 403]
    assert answers[0].json()["rule"]["unit"] == "巡查队"
    assert [answer.status_code for answer in wrong] == [422, 422, 422, 400]
