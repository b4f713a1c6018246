"""设备 and 摄像头 for whoever looks after an area: how they are, how often they were wrong, what is to be claimed."""

from datetime import datetime

import httpx
import pytest

from backend import db
from backend.accounts.structs import Role
from tests.makers.accounts import bearer, make_staff
from tests.makers.cameras import CAMERA, make_camera_source, seen, tell
from tests.makers.cases import make_join
from tests.makers.sensors import SECOND, make_sensor_source, make_sensors, reading, take, take_and_file
from tests.makers.town import TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_devices_are_listed_with_what_is_wrong_and_unknown_ones_for_whoever_may_register_them(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    source = await make_sensor_source(now)
    await make_sensors(source, town.place_id, now, "S-1", "S-2")
    await take(source, now, reading("S-1", now - SECOND, cause="smoke"), reading("S-9", now - SECOND, cause="smoke"))
    admin, elsewhere = await make_staff(Role.STREET_ADMIN, area=TOWN), await make_staff(area="310115106")

    every = (await client.get("/desk/sensors", headers=HTML | bearer(admin))).text
    alarmed = (await client.get("/desk/sensors?which=alarm&kind=smoke", headers=HTML | bearer(admin))).text
    dispatched = (await client.get("/desk/sensors", headers=HTML | bearer(town.dispatcher))).text
    foreign = (await client.get("/desk/sensors", headers=HTML | bearer(elsewhere))).text
    refused = await client.get("/desk/sensors", headers=HTML | bearer(town.resident))

    assert all(number in every for number in ("S-1", "S-2", "S-9", "<circle"))
    assert ("S-1" in alarmed, "S-2" in alarmed) == (True, False)
    assert ("S-1" in dispatched, "S-9" in dispatched) == (True, False)
    assert "S-1" not in foreign
    assert refused.status_code == 403


async def test_a_camera_that_nobody_knows_is_claimed_by_an_address_and_its_event_called_wrong(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    source, desk = await make_camera_source(now), HTML | bearer(town.dispatcher)
    first = await tell(source, seen("1", now, pictures=()), now)
    waiting = (await client.get("/desk/cameras", headers=desk)).text
    path = f"/desk/cameras/{first.camera_id}"
    label = await db.fetchval("SELECT address FROM place WHERE id = $1", town.place_id)

    nowhere = await client.post(path, data={"name": "北门", "spot": "street", "place_words": "没有的路"}, headers=desk)
    unnamed = await client.post(path, data={"name": "", "spot": "street", "place_words": label}, headers=desk)
    claimed = await client.post(path, data={"name": "北门", "spot": "street", "place_words": label}, headers=desk)
    wrong = await client.post(f"/desk/cameras/events/{first.event_id}", headers=desk)
    again = await client.post(f"/desk/cameras/events/{first.event_id}", headers=desk)
    shown = (await client.get("/desk/cameras", headers=desk)).text

    assert "<h2>待认领" in waiting
    assert CAMERA in waiting
    assert [each.status_code for each in (nowhere, unnamed, claimed, wrong, again)] == [422, 400, 303, 303, 409]
    assert "<h2>待认领" not in shown
    assert "北门" in shown
    assert "误报 1 次" in shown


async def test_the_devices_behind_an_order_are_for_its_staff_and_not_for_whoever_reported_it_too(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    source = await make_sensor_source(now)
    await make_sensors(source, town.place_id, now, "S-1", kind="bicycle_magnetometer")
    await take_and_file(source, now, reading("S-1", now - SECOND, cause="occupied"))
    order_id = await db.fetchval("SELECT id FROM work_order")
    await make_join(town, order_id, town.resident, now)

    own, joined = [
        await client.get(f"/api/v1/orders/{order_id}/sensor-alarms", headers=bearer(who))
        for who in (town.dispatcher, town.resident)
    ]
    assert [each["cause"] for each in own.json()] == ["occupied"]
    assert joined.status_code == 404
