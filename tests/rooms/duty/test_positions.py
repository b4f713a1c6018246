"""Where people on duty are: the latest fix only, for no longer than needed, read by nobody."""

from datetime import timedelta

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.duty import service as duty
from backend.duty.errors import NotOnDuty, NoUnit
from backend.geo.points import Datum, Fix
from tests.makers.accounts import bearer, make_staff
from tests.makers.duty import make_handler, put_on_duty
from tests.makers.town import DOOR, make_unit

HERE = Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=15)
THERE = Fix(lng=DOOR.lng + 0.001, lat=DOOR.lat, accuracy_m=15)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def wang(database, now):
    """A handler in the middle of a shift."""
    who = await make_handler(await make_unit())
    await put_on_duty(who, now)
    return who


async def kept():
    return await db.fetch("SELECT account_id, ST_X(point::geometry) AS lng, at FROM staff_position")


async def test_only_the_latest_fix_is_kept(wang, now):
    await duty.keep_position(wang, HERE, now)
    await duty.keep_position(wang, THERE, now + 60 * SECOND)

    assert [tuple(row) for row in await kept()] == [(wang.account_id, THERE.lng, now + 60 * SECOND)]


async def test_what_is_sent_more_often_than_each_ten_seconds_changes_nothing(wang, now):
    await duty.keep_position(wang, HERE, now)
    await duty.keep_position(wang, THERE, now + 9 * SECOND)
    assert (await kept())[0]["lng"] == HERE.lng

    await duty.keep_position(wang, THERE, now + 10 * SECOND)
    assert (await kept())[0]["lng"] == THERE.lng


async def test_a_position_in_another_datum_is_turned_round_at_the_door(wang, now):
    await duty.keep_position(wang, Fix(lng=DOOR.lng, lat=DOOR.lat, datum=Datum.GCJ02), now)

    moved_m = await db.fetchval(
        "SELECT ST_Distance(point, ST_MakePoint($1, $2)::geography) FROM staff_position", DOOR.lng, DOOR.lat
    )
    assert 300 < moved_m < 800


async def test_nobody_off_duty_and_nobody_without_a_unit_is_followed(wang, now):
    inspector = await make_staff(Role.INSPECTOR)
    await duty.end_shift(wang.account_id, now)

    with pytest.raises(NotOnDuty):
        await duty.keep_position(wang, HERE, now)
    with pytest.raises(NoUnit):
        await duty.keep_position(inspector, HERE, now)

    assert await kept() == []


async def test_whoever_goes_off_duty_is_forgotten_and_so_is_yesterday(wang, now):
    stays, goes = wang, await make_handler(wang.unit_id)
    await put_on_duty(goes, now)
    for who in (stays, goes):
        await duty.keep_position(who, HERE, now)
    await duty.end_shift(goes.account_id, now + SECOND)

    assert await duty.forget_positions(now + 2 * SECOND) == 1
    assert [row["account_id"] for row in await kept()] == [stays.account_id]
    assert await duty.forget_positions(now + timedelta(days=1)) == 0
    assert await duty.forget_positions(now + timedelta(days=1, seconds=1)) == 1


async def test_the_door_takes_a_position_politely(client, database):
    now = clock.now()
    wang = await make_handler(await make_unit())
    place = {"lng": DOOR.lng, "lat": DOOR.lat, "accuracy_m": 12, "datum": "gcj02"}

    off_duty = await client.put("/api/v1/me/position", json=place, headers=bearer(wang))
    await put_on_duty(wang, now)
    on_duty = await client.put("/api/v1/me/position", json=place, headers=bearer(wang))
    nonsense = await client.put("/api/v1/me/position", json={**place, "lat": 99}, headers=bearer(wang))

    assert [answer.status_code for answer in (off_duty, on_duty, nonsense)] == [409, 204, 400]
    assert off_duty.json()["code"] == "not-on-duty"
    assert len(await kept()) == 1
