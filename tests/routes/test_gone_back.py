"""A form that was gone back to: the second matter is filed by itself, and neither is swallowed or filed twice."""

from typing import Any

import httpx
import pytest

from backend import db
from backend.accounts.structs import Role
from tests.makers.accounts import bearer
from tests.makers.photos import jpeg
from tests.makers.town import DOOR, TOWN, SmallTown, make_actor, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now) -> SmallTown:
    return await make_town(now)


async def _send(client, path: str, shade: int, who, **data: str) -> httpx.Response:
    files: dict[str, Any] = {"photo": ("street.jpg", jpeg(shade=shade), "image/jpeg")}
    return await client.post(path, data={"client_id": "form-0001", **data}, files=files, headers=HTML | bearer(who))


@pytest.mark.parametrize("door", ["q", "here"])
async def test_the_second_matter_of_one_form_gets_a_number_of_its_own(client, town, door):
    path = f"/q/{town.code}/report" if door == "q" else "/here/report"
    where = {} if door == "q" else {"lng": str(DOOR.lng), "lat": str(DOOR.lat), "where": f"{DOOR.lng},{DOOR.lat}"}
    matters = [(9, "一辆"), (9, "一辆"), (90, "两辆"), (90, "两辆"), (150, "两辆")]

    answers = [
        await _send(client, path, shade, town.resident, item="A101", description=words, **where)
        for shade, words in matters
    ]

    links = [answer.headers["location"] for answer in answers]
    assert [answer.status_code for answer in answers] == [303] * 5
    assert links[0] == links[1] and links[2] == links[3]
    assert len(set(links)) == 3
    assert await db.fetchval("SELECT array_agg(description ORDER BY id) FROM work_order") == ["一辆", "两辆", "两辆"]


async def test_the_second_thing_put_right_from_one_form_is_an_order_of_its_own(client, town):
    inspector = await make_actor("巡查员", Role.INSPECTOR, TOWN)
    for shade, words in ((9, "扶正"), (9, "扶正"), (90, "清走")):
        files = [
            ("before_photo_ids", ("before.jpg", jpeg(shade=shade), "image/jpeg")),
            ("after_photo_ids", ("after.jpg", jpeg(shade=255 - shade), "image/jpeg")),
        ]
        data = {"client_id": "form-0001", "item": "A101", "note": words, "where": f"code:{town.code}"}
        answer = await client.post("/self-handling", data=data, files=files, headers=HTML | bearer(inspector))
        assert answer.status_code == 303, answer.text[-2000:]

    closed = await db.fetch("SELECT description FROM work_order WHERE state = 'closed' ORDER BY id")
    assert [row[0] for row in closed] == ["扶正", "清走"]


async def test_the_api_says_that_the_id_is_spent(client, town):
    photo = (
        await client.post(
            "/api/v1/photos", files={"file": ("a.jpg", jpeg(), "image/jpeg")}, headers=bearer(town.resident)
        )
    ).json()
    body = {"client_id": "phone-0001", "code": town.code, "item": "A101", "photo_ids": [photo["id"]]}
    first = await client.post("/api/v1/reports", json=body, headers=bearer(town.resident))

    again = await client.post("/api/v1/reports", json=body, headers=bearer(town.resident))
    other = await client.post("/api/v1/reports", json=body | {"item": "A102"}, headers=bearer(town.resident))

    assert (first.status_code, again.status_code) == (201, 200)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-used")
