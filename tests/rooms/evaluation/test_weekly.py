"""The weekly analysis out of real reports, and who gets it: subscribers who may read the area when it is sent, once."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.evaluation.weekly import sending, subscribing
from backend.evaluation.weekly.analysis import analyse
from backend.indicators.errors import NotYourIndicators
from backend.indicators.structs import Period
from tests.makers.accounts import grant
from tests.makers.indicators import count_what_happened
from tests.makers.orders import make_order
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import work

WEEK = Period(date(2021, 7, 12), date(2021, 7, 18))
MONDAY = datetime(2021, 7, 19, 9, 5, tzinfo=SHANGHAI)
_MESSAGES = "SELECT account_id, path FROM message WHERE kind = 'WeeklyAnalysisReady' ORDER BY account_id"


@pytest.fixture
async def town(database, now):
    return await make_town(now)


async def test_roads_hours_and_places_add_up_to_the_same_reports(town, now):
    await db.execute("UPDATE place SET road_name = '莲安东路' WHERE id = $1", town.place_id)
    for hours in (0, 0, -24, -8 * 24):
        await make_order(town, now + timedelta(hours=hours))
    await count_what_happened()

    found = await analyse(TOWN, WEEK)

    (road,), (times,), (place,) = found.roads, found.times, found.places
    local = now.astimezone(SHANGHAI)
    assert (road.road, road.reported, road.usual, road.by_class) == ("莲安东路", 3, 0.25, {"A1": 3})
    assert (times.n, times.by_weekday[local.weekday()], times.by_block[local.hour // 3]) == (4, 2, 4)
    assert (place.place_id, place.by_week, place.label) == (town.place_id, (0, 0, 0, 1, 3), "莲安东路100号")
    assert [(each.item_code, each.reported) for each in place.recurring] == [("A101", 4)]
    assert found.classes[0] == "A1"
    assert (await analyse(COMMITTEE, WEEK)).roads == found.roads
    assert (await analyse("310104003", WEEK)).places == []


async def test_a_week_goes_to_its_subscribers_once_however_many_workers_look(town, database):
    before = MONDAY - timedelta(days=3)
    await subscribing.subscribe(TOWN, town.dispatcher, before)
    await subscribing.subscribe(TOWN, town.dispatcher, before)

    assert await sending.send_week(MONDAY - timedelta(hours=3)) == 0
    counts = await asyncio.gather(*(sending.send_week(MONDAY) for _ in range(3)))
    await work(database)
    assert await sending.send_week(MONDAY + timedelta(days=2)) == 0
    await work(database)

    assert sorted(counts) == [0, 0, 1]
    assert [tuple(row) for row in await db.fetch(_MESSAGES)] == [
        (town.dispatcher.account_id, f"/evaluation/roads?area={TOWN}&last=2021-07-18")
    ]


async def test_who_lost_the_right_or_ended_it_gets_none_and_gets_it_again_with_the_right(town, database):
    gone, back = [await make_actor(name, Role.DISPATCHER, TOWN) for name in ("调走", "回来")]
    ended = await make_actor("退订", Role.STREET_ADMIN, TOWN)
    for actor in (gone, back, ended):
        await subscribing.subscribe(TOWN, actor, MONDAY - timedelta(days=9))
    await db.execute("DELETE FROM role_grant WHERE account_id = ANY($1::bigint[])", [gone.account_id, back.account_id])
    await subscribing.unsubscribe(TOWN, ended)
    assert not await subscribing.is_subscribed(TOWN, ended)

    await sending.send_week(MONDAY)
    await work(database)
    assert await db.fetch(_MESSAGES) == []
    await grant(back, Role.COMMITTEE, area=TOWN)
    await sending.send_week(MONDAY + timedelta(days=7))
    await work(database)

    assert [row["account_id"] for row in await db.fetch(_MESSAGES)] == [back.account_id]


async def test_who_subscribes_within_the_week_gets_the_next_one_and_nobody_subscribes_to_what_they_may_not_read(town):
    with pytest.raises(NotYourIndicators):
        await subscribing.subscribe("310104003", town.dispatcher, MONDAY)
    with pytest.raises(NotYourIndicators):
        await subscribing.subscribe(TOWN, town.handlers[0], MONDAY)
    await subscribing.subscribe(TOWN, town.dispatcher, MONDAY)

    assert await sending.send_week(MONDAY + timedelta(days=1)) == 0
    assert await sending.send_week(MONDAY + timedelta(days=7)) == 1
