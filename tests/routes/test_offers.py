"""The pool over HTTP: the list, the grab, giving back, and what one is told of oneself."""

from datetime import datetime, timedelta

import pytest

from backend import clock, db
from tests.makers.accounts import bearer
from tests.makers.pool import BINS, FIRE_LANE, make_offer, make_pool_town, offer_of
from tests.makers.town import COMMITTEE, DOOR

NEAR = f"{DOOR.lng},{DOOR.lat}"


@pytest.fixture
async def scene(client):
    return await make_pool_town(clock.now())


async def test_a_volunteer_sees_takes_and_gives_back(client, scene):
    town, (anna, bert) = scene
    near_id, far_id = await make_offer(town, clock.now(), item=FIRE_LANE), await make_offer(town, clock.now())
    await db.execute(
        "UPDATE offer SET block_loc = ST_Project(block_loc, 700, 0) WHERE id = $1", far_id
    )  # a block further on
    anna_key = {**bearer(anna), "Idempotency-Key": "tap-anna-0001"}

    listed = (await client.get("/api/v1/offers", params={"near": NEAR}, headers=bearer(anna))).json()
    taken = await client.post(f"/api/v1/offers/{near_id}/grab", headers=anna_key)
    again = await client.post(f"/api/v1/offers/{near_id}/grab", headers=anna_key)
    late = await client.post(f"/api/v1/offers/{near_id}/grab", headers=bearer(bert), json={})
    me = (await client.get("/api/v1/volunteers/me", headers=bearer(anna))).json()
    returned = await client.post(
        f"/api/v1/offers/{near_id}/give-back", headers=bearer(anna), json={"reason": "no_time", "note": "孩子病了"}
    )
    hers = await client.post(f"/api/v1/offers/{near_id}/grab", headers=bearer(bert))

    first, second = listed["items"]
    assert (first["id"], second["id"]) == (near_id, far_id)
    assert first["item"]["code"] == FIRE_LANE and first["distance_m"] <= 100 and second["distance_m"] in (700, 750, 800)
    assert (first["block"], first["needed"], first["taken"], first["priority"]) == ("第一居委", 1, 0, "P1")
    assert datetime.fromisoformat(listed["server_time"]) < datetime.fromisoformat(first["closes_at"])
    assert taken.status_code == 200, taken.text
    assert taken.json()["order"]["place"] == "莲安东路100号"
    assert again.json() == taken.json()
    problem = late.json()
    assert (late.status_code, problem["code"]) == (409, "not-grabbed")
    assert (problem["extra"]["winner"], problem["extra"]["reason"]) == ("志**", "taken")
    assert [each["id"] for each in problem["extra"]["nearby"]] == [far_id]
    assert [each["order"]["id"] for each in me["open_orders"]] == [taken.json()["order"]["id"]]
    assert (me["on_call"], me["limits"]["open_orders"], me["limits"]["open_orders_max"]) == (True, 1, 3)
    assert (returned.status_code, hers.status_code) == (204, 200)
    order = await client.get(f"/api/v1/orders/{taken.json()['order']['id']}", headers=bearer(anna))
    assert order.status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"near": NEAR, "within_m": 500}, 2),
        ({"near": "121.6,31.3", "within_m": 500}, 0),
        ({"item": "A"}, 1),
        ({"item": "B101"}, 1),
        ({"near": NEAR, "datum": "gcj02"}, 2),
        ({"near": NEAR, "limit": 1}, 1),
    ],
)
async def test_the_list_is_narrowed(client, scene, query, found):
    town, (anna, _) = scene
    for item in (BINS, FIRE_LANE):
        await make_offer(town, clock.now(), item=item)

    answer = await client.get("/api/v1/offers", params=query, headers=bearer(anna))

    assert len(answer.json()["items"]) == found


@pytest.mark.parametrize("near", ["121.5", "a,b", "999,31", "121.5,nan", "121.5,31,2", "121.5,-91"])
async def test_what_is_no_place_is_refused(client, scene, near):
    _, (anna, _) = scene

    answer = await client.get("/api/v1/offers", params={"near": near}, headers=bearer(anna))

    assert answer.status_code == 400


async def test_on_call_and_off(client, scene):
    _, (anna, _) = scene
    until = clock.now() + timedelta(hours=2)

    off = await client.delete("/api/v1/volunteers/me/on-call", headers=bearer(anna))
    gone = (await client.get("/api/v1/volunteers/me", headers=bearer(anna))).json()
    back = await client.put(
        "/api/v1/volunteers/me/on-call", headers=bearer(anna), json={"until": until.isoformat(), "skills": ["repair"]}
    )
    there = (await client.get("/api/v1/volunteers/me", headers=bearer(anna))).json()
    elsewhere = await client.put(
        "/api/v1/volunteers/me/on-call", headers=bearer(anna), json={"area_code": "310115105002"}
    )

    assert (off.status_code, gone["on_call"]) == (204, False)
    assert (back.status_code, back.json()["area_code"], there["on_call"]) == (200, COMMITTEE, True)
    assert datetime.fromisoformat(there["on_call_until"]) == until
    assert elsewhere.status_code == 403


async def test_what_is_not_there_or_not_ones_own(client, scene):
    town, (anna, bert) = scene
    offer_id = await make_offer(town, clock.now())

    missing = await client.post("/api/v1/offers/999999/grab", headers=bearer(anna))
    not_hers = await client.post(f"/api/v1/offers/{offer_id}/give-back", headers=bearer(bert), json={"reason": "other"})
    bare = await client.post(f"/api/v1/offers/{offer_id}/give-back", headers=bearer(bert), json={})

    assert (missing.status_code, missing.json()["code"]) == (404, "offer-not-found")
    assert (not_hers.status_code, not_hers.json()["code"]) == (409, "offer-not-held")
    assert bare.status_code == 400
    assert (await offer_of(offer_id))["state"] == "open"
