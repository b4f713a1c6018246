"""Evidence over HTTP: a refused photo is named, on the API and on the page; and what the verifier reads."""

from datetime import datetime, timedelta

import pytest

from backend import clock
from backend.calendars.rules import SHANGHAI
from tests.makers.accounts import bearer
from tests.makers.orders import make_arrived, make_handled, verified_by
from tests.makers.photos import camera_exif, jpeg
from tests.makers.town import DOOR, SmallTown, make_town


@pytest.fixture
async def town(client) -> SmallTown:
    return await make_town(clock.now())


def shot(shade: int, taken_at: datetime | None = None) -> bytes:
    at = taken_at or clock.now()
    return jpeg(320, 240, shade, exif=camera_exif(at.astimezone(SHANGHAI), at=DOOR))


async def send(client, who, content: bytes) -> str:
    files = {"file": ("a.jpg", content, "image/jpeg")}
    return (await client.post("/api/v1/photos", files=files, headers=bearer(who))).json()["id"]


async def finish(client, town, order_id: int, before: str, after: str):
    body = {"before_photo_ids": [before], "photo_ids": [after]}
    return await client.post(f"/api/v1/orders/{order_id}/finish", json=body, headers=bearer(town.handlers[0]))


async def test_an_old_photo_is_a_422_that_names_it_and_the_order_waits_for_a_new_one(client, town):
    handler = town.handlers[0]
    order_id = await make_arrived(town, clock.now())
    yesterday = clock.now() - timedelta(days=1)
    before, old = await send(client, handler, shot(1)), await send(client, handler, shot(2, yesterday))

    answer = await finish(client, town, order_id, before, old)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "evidence-not-sound")
    assert [(photo["photo_id"], photo["reason"]) for photo in problem["extra"]["photos"]] == [
        (old, "older_than_check_in")
    ]
    assert "请去掉后在现场重新拍照" in problem["detail_zh"]
    assert "take a new photo here" in problem["detail_en"]
    again = await finish(client, town, order_id, before, await send(client, handler, shot(3)))
    assert again.json()["state"] == "handled"


async def test_a_missing_photo_is_a_422_that_names_what_is_missing(client, town):
    order_id = await make_arrived(town, clock.now())

    answer = await client.post(f"/api/v1/orders/{order_id}/finish", json={}, headers=bearer(town.handlers[0]))

    assert (answer.status_code, answer.json()["extra"]["missing"]) == (422, {"before": 1, "after": 1})


async def test_a_plain_form_says_on_the_page_why_a_photo_proves_nothing(client, town):
    order_id = await make_arrived(town, clock.now())
    photo = jpeg(320, 240, 4)
    files = {"before": ("b.jpg", photo, "image/jpeg"), "after": ("a.jpg", photo, "image/jpeg")}

    answer = await client.post(f"/o/{order_id}/finish", files=files, headers=bearer(town.handlers[0]))

    assert answer.status_code == 422
    assert "第 1 张处置后照片与处置前照片是同一张" in answer.text


async def test_the_verifier_reads_when_and_where_a_photo_was_taken_and_that_it_was_drawn(client, town):
    order_id = await make_arrived(town, clock.now())
    before, after = [await send(client, town.handlers[0], shot(shade)) for shade in (5, 6)]
    await finish(client, town, order_id, before, after)

    page = (await client.get(f"/o/{order_id}", headers=bearer(town.verifier))).text

    assert "抽查:这张工单需要人工核查。" in page
    assert "距现场 0 米" in page
    assert "照片没有拍摄时间" not in page


async def test_a_silent_photo_is_shown_with_its_doubts(client, town):
    order_id = await make_handled(town, clock.now())

    page = (await client.get(f"/o/{order_id}?lang=en", headers=bearer(town.verifier) | ENGLISH)).text

    assert "it does not say when it was taken" in page
    assert "it does not say where it was taken" in page


async def test_a_verifier_is_told_until_when_the_merchant_may_answer_and_gets_no_button_that_fails(client, town):
    async with verified_by("merchant_confirm"):
        order_id = await make_handled(town, clock.now())

    page = (await client.get(f"/o/{order_id}", headers=bearer(town.verifier))).text
    answer = await client.post(
        f"/api/v1/orders/{order_id}/verify", json={"result": "pass"}, headers=bearer(town.verifier)
    )

    assert "前确认;此前只能退回,不能通过。" in page
    assert "核查通过</button>" not in page
    assert "退回返工</button>" in page
    assert (answer.status_code, answer.json()["code"]) == (409, "awaits-merchant")
    assert answer.json()["extra"]["until"]


ENGLISH = {"accept-language": "en"}
