"""Asking and reading answers, for strangers; releasing them, for those who look after the area."""

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from tests.makers.accounts import bearer
from tests.makers.town import TOWN, make_actor, make_shift, make_town, make_unit

FORM = {"sec-fetch-site": "same-origin", "accept": "text/html"}
TYPED = {"topic": "F102", "question": "招牌要备案吗?", "client_id": "question-0001"}


@pytest.fixture
async def desk(client):
    now = clock.now()
    town = await make_town(now)
    unit_id = await make_unit("business_service")
    handler = await make_actor("营商服务员", Role.HANDLER, TOWN, unit_id=unit_id)
    await make_shift(handler, unit_id, now)
    return town, handler


async def test_a_question_is_asked_answered_released_and_read_by_everybody(client, desk):
    town, handler = desk
    asked = [await client.post("/ask", data=TYPED | {"code": town.code}, headers=FORM) for _ in range(2)]
    order_id = await db.fetchval("SELECT id FROM work_order")
    mine = FORM | bearer(handler)
    await client.post(f"/o/{order_id}/accept", data={"key": "a-1"}, headers=mine)
    page = await client.get(f"/o/{order_id}", headers=mine)
    empty = await client.post(f"/o/{order_id}/finish", data={"key": "a-2", "note": ""}, headers=mine)
    sent = await client.post(f"/o/{order_id}/finish", data={"key": "a-3", "note": "要,带执照来"}, headers=mine)
    tracked = await client.get(asked[0].headers["location"], headers=FORM)
    released = await client.post(
        f"/consultations/{order_id}/publish",
        data={"question": TYPED["question"], "answer": "要,带执照来"},
        headers=FORM | bearer(town.dispatcher),
    )
    client.cookies.clear()
    answers = await client.get("/answers?q=执照", headers=FORM)

    assert [each.status_code for each in asked] == [303, 303]
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1
    assert "答复内容" in page.text and 'id="after-camera"' not in page.text
    assert empty.status_code == 422 and "请写下答复" in empty.text
    assert sent.status_code == 303
    assert "答复:要,带执照来" in tracked.text and "/rating" in tracked.text
    assert released.status_code == 303, released.text
    assert "招牌要备案吗?" in answers.text
    assert "招牌要备案吗?" not in (await client.get(f"/q/{town.code}", headers=FORM)).text


async def test_what_was_refused_comes_back_into_the_form(client, desk):
    town, _ = desk
    cases = [
        (TYPED, 400),
        (TYPED | {"code": "没有这个码"}, 404),
        (TYPED | {"code": town.code, "topic": "A101"}, 422),
        (TYPED | {"code": town.code, "question": " "}, 422),
    ]

    answers = [(await client.post("/ask", data=data, headers=FORM), status) for data, status in cases]

    assert [answer.status_code for answer, _ in answers] == [status for _, status in answers]
    assert all("招牌要备案吗?" in answer.text for answer, _ in answers[:3])
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0


async def test_nobody_reports_a_question_as_something_that_is_wrong(client, desk):
    town, _ = desk
    report = {"client_id": "report-0001", "code": town.code, "item": "F102", "description": "x"}

    answer = await client.post("/api/v1/reports", json=report, headers=bearer(town.resident))

    assert (answer.status_code, answer.json()["code"]) == (422, "reporter-not-allowed")


async def test_only_those_who_release_answers_see_what_may_be_released(client, desk):
    town, handler = desk

    answers = [await client.get("/consultations", headers=FORM | bearer(who)) for who in (town.dispatcher, handler)]
    odd = await client.post("/consultations/999999999999/publish", data={}, headers=FORM | bearer(town.dispatcher))

    assert [each.status_code for each in answers] == [200, 403]
    assert odd.status_code == 404
    assert (await client.get("/answers?q=%25&topic=zzz", headers=FORM)).status_code == 200
