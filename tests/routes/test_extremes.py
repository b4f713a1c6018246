"""The ends of the world and of time: every way that takes a position or an instant has an answer of its own."""

import math
from itertools import product
from uuid import uuid4

import httpx
import pytest

from backend import clock
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted
from tests.makers.town import SmallTown, make_shift, make_town

LNGS = (-180, -179.9999999, 0, 121.5, 179.9999999, 180, 180.0000001, 1e308, -math.inf, math.nan)
LATS = (-90, -89.9999999, 0, 31.2, 89.9999999, 90, 90.0000001, -1e308, math.inf, math.nan)
INSTANTS = [
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:59Z",
    "2101-01-01T00:00:00Z",
]


@pytest.fixture
async def town(client: httpx.AsyncClient) -> SmallTown:
    town = await make_town(clock.now())
    await make_shift(town.handlers[1], town.unit_id, clock.now())
    return town


@pytest.mark.parametrize("path", ["/here", "/here/map.svg", "/api/v1/reports/candidates"])
async def test_no_position_of_a_query_breaks_a_page(client: httpx.AsyncClient, town: SmallTown, path: str) -> None:
    broken = []
    for lng, lat in product(LNGS, LATS):
        answer = await client.get(path, params={"lng": lng, "lat": lat})
        if answer.status_code >= 500:
            broken.append((lng, lat, answer.status_code))

    assert broken == []


async def test_no_press_on_the_map_leaves_the_globe(client: httpx.AsyncClient, town: SmallTown) -> None:
    presses = product((-180, 121.5, 180), (-90, 31.2, 90), (1, 9999), (1, 9999))
    answers = [
        await client.get("/here", params={"lng": lng, "lat": lat, "pin.x": x, "pin.y": y}) for lng, lat, x, y in presses
    ]

    assert {answer.status_code for answer in answers} == {303}


@pytest.mark.parametrize("datum", ["wgs84", "gcj02", "bd09"])
async def test_no_position_of_a_phone_breaks_an_answer(client: httpx.AsyncClient, town: SmallTown, datum: str) -> None:
    order_id = await make_accepted(town, clock.now())
    handler, resident = bearer(town.handlers[0]), bearer(town.resident)
    broken = []
    for lng, lat in product((-180, 73.5, 180), (-90, 18.1, 90)):
        fix = {"lng": lng, "lat": lat, "accuracy_m": 5, "datum": datum}
        report = {"client_id": uuid4().hex, "item": "A101", "point": fix}
        answers = [
            await client.post(f"/api/v1/codes/{town.code}/scans", json=fix, headers=resident),
            await client.post("/api/v1/reports", json=report, headers=resident),
            await client.post("/api/v1/reports/joins", json=report | {"order_id": order_id}, headers=resident),
            await client.post(f"/api/v1/orders/{order_id}/check-in", json={"point": fix}, headers=handler),
            await client.put("/api/v1/me/position", json=fix, headers=handler),
        ]
        broken += [(lng, lat, str(each.url)) for each in answers if each.status_code >= 500]

    assert broken == []


@pytest.mark.parametrize("instant", INSTANTS)
async def test_an_instant_that_no_clock_shows_is_refused_by_one_rule(
    client: httpx.AsyncClient, town: SmallTown, instant: str
) -> None:
    order_id = await make_accepted(town, clock.now())
    handler, photo = bearer(town.handlers[0]), [str(uuid4())]
    bodies = {
        "/api/v1/reports": {"client_id": uuid4().hex, "item": "A101", "code": town.code},
        "/api/v1/reports/joins": {"client_id": uuid4().hex, "code": town.code, "order_id": order_id},
        f"/api/v1/orders/{order_id}/accept": {},
        f"/api/v1/orders/{order_id}/check-in": {"code": town.code},
        f"/api/v1/orders/{order_id}/finish": {"photo_ids": photo},
        f"/api/v1/orders/{order_id}/made-safe": {"photo_ids": photo},
    }

    answers = [
        await client.post(path, json=body | {"captured_at": instant}, headers=handler) for path, body in bodies.items()
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(400, "validation-failed")] * 6


async def test_an_instant_that_somebody_asks_about_is_read_by_the_same_rule(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    asked = [
        await client.get(
            "/api/v1/responsibility",
            params={"item": "A101", "area": "310115105001", "at": instant},
            headers=bearer(town.dispatcher),
        )
        for instant in [*INSTANTS, "2026-07-18T08:52:00+08:00"]
    ]

    assert [answer.status_code for answer in asked] == [422] * 6 + [200]
