"""Where a reporter stood who had no plate before them: for staff and that reporter to the metre, for others roughly."""

from uuid import uuid4

import pytest

from backend import clock
from backend.geo.points import Fix
from tests.makers.accounts import bearer, make_device
from tests.makers.orders import make_order
from tests.makers.town import DOOR, SmallTown, make_town

STOOD = {"lng": DOOR.lng + 0.0007437, "lat": DOOR.lat + 0.0002871}


@pytest.fixture
async def town(client) -> SmallTown:
    return await make_town(clock.now())


async def joined(client, order_id: int, who) -> None:
    body = {"client_id": uuid4().hex, "order_id": order_id, "point": STOOD | {"accuracy_m": 8}}
    assert (await client.post("/api/v1/reports/joins", json=body, headers=bearer(who))).status_code == 201


async def point_of(client, order_id: int, who) -> dict[str, float]:
    one = (await client.get(f"/api/v1/orders/{order_id}", headers=bearer(who))).json()["point"]
    [listed] = (await client.get("/api/v1/orders", headers=bearer(who))).json()["items"]
    assert listed["point"] == one
    return one


async def test_who_joins_a_report_without_a_plate_reads_a_position_of_a_hundred_metres(client, town):
    fix = STOOD | {"accuracy_m": 8}
    order_id = (await make_order(town, clock.now(), code=None, point=Fix(**fix))).receipt.order_id
    neighbour = await make_device()
    await joined(client, order_id, neighbour)

    rough = {"lng": round(STOOD["lng"], 3), "lat": round(STOOD["lat"], 3)}
    assert await point_of(client, order_id, neighbour) == rough
    for knows in (town.resident, town.verifier):
        assert await point_of(client, order_id, knows) == pytest.approx(STOOD, abs=1e-7)
    page = (await client.get(f"/o/{order_id}", headers=bearer(neighbour))).text
    assert f"{STOOD['lng']:.5f}" not in page
    assert str(rough["lng"]) in page


async def test_distances_do_not_give_the_position_away(client, town):
    await make_order(town, clock.now(), code=None, point=Fix(**STOOD, accuracy_m=8))
    asked = {"lng": STOOD["lng"], "lat": STOOD["lat"], "item": "A101"}

    [there] = (await client.get("/api/v1/reports/candidates", params=asked)).json()["items"]

    assert 30 < there["distance_m"] < 80


async def test_a_plates_place_is_public(client, town):
    order_id = (await make_order(town, clock.now())).receipt.order_id
    neighbour = await make_device()
    body = {"client_id": uuid4().hex, "order_id": order_id, "code": town.code}
    await client.post("/api/v1/reports/joins", json=body, headers=bearer(neighbour))

    assert await point_of(client, order_id, neighbour) == pytest.approx({"lng": DOOR.lng, "lat": DOOR.lat}, abs=1e-7)
