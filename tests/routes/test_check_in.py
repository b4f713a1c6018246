"""到场 over HTTP: a refusal carries the distance and the radius, and bad input is told what is wrong with it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from backend import clock
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted, make_photos, state_of
from tests.makers.town import DOOR, make_town

KM_NORTH = {"lng": DOOR.lng, "lat": DOOR.lat + 0.01, "accuracy_m": 10}


@pytest.fixture
async def visit(client):
    """A handler who accepted an order two hours ago and says something of the arrival."""
    accepted = clock.now() - timedelta(hours=2)
    town = await make_town(accepted)
    order_id = await make_accepted(town, accepted)

    async def say(**said):
        headers = bearer(town.handlers[0])
        return await client.post(f"/api/v1/orders/{order_id}/check-in", json=said, headers=headers)

    say.order_id, say.town = order_id, town  # type: ignore[attr-defined]
    return say


async def test_outside_is_409_with_the_distance_and_the_radius(visit):
    answer = await visit(point=KM_NORTH)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "too-far-away")
    assert problem["extra"] == {"distance_m": pytest.approx(1108.7, abs=1), "accuracy_m": 10.0, "radius_m": 80}
    assert await state_of(visit.order_id) == "accepted"


async def test_too_vague_is_409_with_the_distance_and_the_radius_too(visit):
    answer = await visit(point={**KM_NORTH, "accuracy_m": 500})

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "fix-too-vague")
    assert problem["extra"] == {
        "distance_m": pytest.approx(1108.7, abs=1),
        "accuracy_m": 500.0,
        "limit_m": 100.0,
        "radius_m": 80,
    }


async def test_an_appeal_is_answered_with_the_arrival_as_staff_see_it(visit):
    photos = [str(photo) for photo in await make_photos(visit.town.handlers[0])]

    answer = await visit(point=KM_NORTH, appeal={"reason": "地库", "photo_ids": photos})

    arrival = answer.json()["steps"][-1]["arrival"]
    assert answer.status_code == 200, answer.text
    assert (arrival["grade"], arrival["doubts"], arrival["radius_m"]) == ("appealed", [], 80)
    assert arrival["appeal_reason"] == "地库"


async def test_an_appeal_without_a_photo_is_422_naming_it(visit):
    answer = await visit(point=KM_NORTH, appeal={"reason": "地库"})

    assert (answer.status_code, answer.json()["code"]) == (422, "evidence-missing")
    assert answer.json()["extra"]["missing"] == {"arrival": 1}


async def test_an_appeal_without_a_reason_is_422_naming_it(visit):
    photos = [str(photo) for photo in await make_photos(visit.town.handlers[0])]

    answer = await visit(appeal={"reason": " ", "photo_ids": photos})

    assert (answer.status_code, answer.json()["code"]) == (422, "appeal-reason-missing")


async def test_nothing_at_all_is_422(visit):
    answer = await visit()

    assert (answer.status_code, answer.json()["extra"]["missing"]) == (422, {"point_or_code": 1})


async def test_an_offline_check_in_is_taken_with_its_capture_time_and_marked(visit):
    captured = clock.now() - timedelta(hours=1)

    answer = await visit(point={**KM_NORTH, "lat": DOOR.lat}, captured_at=captured.isoformat())

    arrival = answer.json()["steps"][-1]["arrival"]
    assert answer.status_code == 200, answer.text
    assert (arrival["grade"], arrival["doubts"]) == ("weak", ["offline"])
    assert datetime.fromisoformat(arrival["arrived_at"]) == captured
    assert datetime.fromisoformat(answer.json()["arrived_at"]) == captured


async def test_a_check_in_from_before_the_acceptance_is_409_saying_since_when(visit):
    answer = await visit(point=KM_NORTH, captured_at=(clock.now() - timedelta(hours=3)).isoformat())

    assert (answer.status_code, answer.json()["code"]) == (409, "captured-too-early")
    assert set(answer.json()["extra"]) == {"captured_at", "accepted_at"}


@pytest.mark.parametrize(
    "said",
    [
        {"point": {**KM_NORTH, "source": "stars"}},
        {"point": {**KM_NORTH, "age_s": -1}},
        {"point": {**KM_NORTH, "age_s": 86_401}},
        {"point": {**KM_NORTH, "is_mock": "yes"}},
        {"point": KM_NORTH, "captured_at": "2026-05-01T12:00:00"},
        {"point": KM_NORTH, "captured_at": "yesterday"},
        {"appeal": {"reason": "x" * 501}},
        {"appeal": {"reason": "地库", "photo_ids": ["not-a-photo"]}},
        {"appeal": {"reason": "地库", "photo_ids": ["3fa85f64-5717-4562-b3fc-2c963f66afa6"] * 10}},
        {"appeal": {"photo_ids": []}},
        {"appeal": "地库"},
    ],
)
async def test_what_makes_no_sense_is_400_and_changes_nothing(visit, said):
    answer = await visit(**said)

    assert (answer.status_code, answer.json()["code"]) == (400, "validation-failed"), answer.text
    assert await state_of(visit.order_id) == "accepted"


@pytest.mark.parametrize("move", ["accept", "finish", "made-safe", "check-in"])
async def test_a_capture_time_without_its_zone_cannot_be_read(client, visit, move):
    tap = {"captured_at": "2026-11-25T14:00:00", "photo_ids": [str(uuid4())]}
    if move in ("accept", "check-in"):
        del tap["photo_ids"]

    answer = await client.post(
        f"/api/v1/orders/{visit.order_id}/{move}", json=tap, headers=bearer(visit.town.handlers[0])
    )

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["captured_at"]


async def test_the_moment_at_which_a_phone_made_it_safe_is_kept(client, visit):
    handler = visit.town.handlers[0]
    tapped = clock.now() - timedelta(minutes=5)
    await visit(code=visit.town.code)
    (photo,) = await make_photos(handler)

    answer = await client.post(
        f"/api/v1/orders/{visit.order_id}/made-safe",
        json={"photo_ids": [str(photo)], "captured_at": tapped.isoformat()},
        headers=bearer(handler),
    )

    assert answer.status_code == 200, answer.text
    assert datetime.fromisoformat(answer.json()["steps"][-1]["captured_at"]) == tapped
