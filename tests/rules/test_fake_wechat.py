"""The fake of WeChat as it runs by itself: whoever is outside tells it who there is and what goes wrong."""

import httpx
import pytest

from tests.fakes.wechat import APPID, ORDER_TEMPLATE, SECRET, FakeWechat


@pytest.fixture
async def vendor():
    fake = await FakeWechat().start()
    async with httpx.AsyncClient(base_url=fake.server.url) as opened:
        yield opened
    await fake.close()


async def token(vendor):
    body = {"grant_type": "client_credential", "appid": APPID, "secret": SECRET}
    return (await vendor.post("/cgi-bin/stable_token", json=body)).json()["access_token"]


async def send(vendor, lent, **more):
    data = {"character_string1": "BC-1", "thing2": "新工单", "phrase3": "待接单", "time4": "08:52"}
    body = {"touser": "o1", "template_id": ORDER_TEMPLATE, "data": {key: {"value": data[key]} for key in data}} | more
    answer = await vendor.post("/cgi-bin/message/subscribe/send", params={"access_token": lent}, json=body)
    return answer.json()["errcode"]


async def test_somebody_is_made_known_signs_in_and_gets_messages(vendor):
    code = (await vendor.post("/_fake", json={"person": "o1", "agreed": 1})).json()["code"]
    query = {"appid": APPID, "secret": SECRET, "js_code": code, "grant_type": "authorization_code"}
    signed_in = [(await vendor.get("/sns/jscode2session", params=query)).json() for _ in range(2)]
    lent = await token(vendor)

    codes = [await send(vendor, lent) for _ in range(2)]

    assert (signed_in[0]["openid"], signed_in[1]["errcode"]) == ("o1", 40163)
    assert codes == [0, 43101]
    assert len((await vendor.get("/_fake")).json()) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"touser": "stranger"}, 40003),
        ({"template_id": "another"}, 40037),
        ({"data": {"thing2": {"value": "only this"}}}, 47003),
        ({"page": "/pages/with/a/slash"}, 41030),
        ({"idempotency_key": "1"}, 40097),
    ],
)
async def test_what_the_documents_do_not_allow_has_the_vendors_own_error(vendor, more, code):
    await vendor.post("/_fake", json={"person": "o1", "agreed": 1})

    assert await send(vendor, await token(vendor), **more) == code


async def test_a_token_of_nobody_and_none_at_all_are_told_apart(vendor):
    assert [await send(vendor, lent) for lent in ("never-lent", "")] == [40001, 41001]


async def test_what_goes_wrong_is_ordered_and_ends(vendor):
    await vendor.post("/_fake", json={"trouble": "fail", "times": 2, "status": 500})
    await vendor.post("/_fake", json={"trouble": "in-200", "errcode": 45009})
    await vendor.post("/_fake", json={"trouble": "html"})

    answers = [await vendor.get("/sns/jscode2session") for _ in range(5)]

    assert [each.status_code for each in answers] == [500, 500, 200, 502, 200]
    assert answers[2].json()["errcode"] == 45009
    assert answers[4].json()["errcode"] == 40013


async def test_a_connection_breaks_after_the_vendor_has_done_what_was_asked(vendor):
    await vendor.post("/_fake", json={"person": "o1", "agreed": 1})
    lent = await token(vendor)
    await vendor.post("/_fake", json={"trouble": "drop"})

    with pytest.raises(httpx.RemoteProtocolError):
        await send(vendor, lent)

    assert len((await vendor.get("/_fake")).json()) == 1
