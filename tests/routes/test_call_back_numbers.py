"""A number to be called back, by plain forms and over the API: after sending only, by who may, and never in a line."""

import json
from datetime import datetime

import httpx
import pytest

from backend import clock, db, logs
from backend.accounts.structs import Role
from backend.reports import service as reports
from backend.reports.call_back_numbers.structs import CONSENT
from backend.reports.structs import Rating
from tests.makers.accounts import bearer, make_staff
from tests.makers.orders import make_closed, make_order
from tests.makers.town import TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}
NUMBER = "13812345678"


@pytest.fixture
async def town(client: httpx.AsyncClient) -> SmallTown:
    return await make_town(clock.now())


@pytest.fixture
def now() -> datetime:
    """The instant of the app, which counts the terms by it."""
    return clock.now()


async def test_a_reporter_leaves_a_number_by_plain_forms_and_takes_it_back(
    client: httpx.AsyncClient, town: SmallTown, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    token = (await make_order(town, now)).receipt.tracking_token
    page, form = f"/r/{token}", f"/r/{token}/number"

    before = await client.get(f"/q/{town.code}", headers=HTML)
    offered = await client.get(f"{page}?new=1", headers=HTML)
    unagreed = await client.post(form, data={"act": "leave", "number": "138 1234 5678"}, headers=HTML)
    wrong = await client.post(form, data={"act": "leave", "number": "12345", "consent": CONSENT}, headers=HTML)
    left = await client.post(form, data={"act": "leave", "number": NUMBER, "consent": CONSENT}, headers=HTML)
    after = await client.get(page, headers=HTML)
    gone = await client.post(form, data={"act": "withdraw"}, headers=HTML)
    withdrawn = await client.get(page, headers=HTML)

    assert 'name="number"' not in before.text
    assert all(words in offered.text for words in (f'action="{form}"', "回访结束后 30 天删除", "留不留都不影响办理"))
    assert (unagreed.status_code, wrong.status_code) == (422, 422)
    assert 'value="138 1234 5678"' in unagreed.text
    assert "11 位手机号" in wrong.text
    assert left.headers["location"] == gone.headers["location"] == f"{page}?done=number"
    assert "138****5678" in after.text
    assert NUMBER not in after.text
    assert "您已撤回同意,号码已删除" in withdrawn.text
    lines = capsys.readouterr()
    assert NUMBER not in lines.out + lines.err


async def test_no_is_taken_for_an_answer(client: httpx.AsyncClient, town: SmallTown, now: datetime) -> None:
    token = (await make_order(town, now)).receipt.tracking_token

    await client.post(f"/r/{token}/number", data={"act": "decline"}, headers=HTML)
    page = await client.get(f"/r/{token}", headers=HTML)

    assert "您没有留回访电话" in page.text
    assert "<summary>想留一个号码</summary>" in page.text


async def test_what_is_refused_by_itself_uses_up_nothing_and_a_no_is_never_refused(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    form = f"/r/{(await make_order(town, now)).receipt.tracking_token}/number"
    left = {"act": "leave", "number": NUMBER, "consent": CONSENT}

    unagreed = [(await client.post(form, data=left | {"consent": ""}, headers=HTML)).status_code for _ in range(9)]
    first = await client.post(form, data=left, headers=HTML)
    for last in range(9):
        used_up = await client.post(form, data=left | {"number": f"1381234567{last}"}, headers=HTML)
    no = await client.post(form, data={"act": "decline"}, headers=HTML)

    assert set(unagreed) == {422}
    assert (first.status_code, used_up.status_code, no.status_code) == (303, 429, 303)


async def test_a_page_that_cannot_be_shown_leaves_no_trace_of_an_opened_number(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = await make_closed(town, now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    await client.put(f"/api/v1/tracking/{token}/call-back-number", json={"number": NUMBER, "consent": CONSENT})
    await reports.rate(token, Rating(score=1), idempotency_key=None, now=now)

    answer = await client.post(
        f"/desk/calls/{order_id}/number", data={"cursor": "nonsense"}, headers=HTML | bearer(town.dispatcher)
    )

    assert answer.status_code == 400
    assert await db.fetchval("SELECT count(*) FROM call_back_opening") == 0


async def test_whoever_calls_opens_the_number_and_nobody_else_sees_it(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = await make_closed(town, now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    answer = {"number": NUMBER, "consent": CONSENT}
    await client.put(f"/api/v1/tracking/{token}/call-back-number", json=answer)
    await reports.rate(token, Rating(score=1), idempotency_key=None, now=now)
    street, desk = await make_staff(Role.STREET_ADMIN, area=TOWN), HTML | bearer(town.dispatcher)

    listed = await client.get("/desk/calls", headers=desk)
    opened = await client.post(f"/desk/calls/{order_id}/number", data={}, headers=desk)
    refused = [
        (await client.post(f"/desk/calls/{order_id}/number", data={}, headers=HTML | bearer(who))).status_code
        for who in (town.handlers[0], town.verifier, town.resident)
    ]
    order = await client.get(f"/o/{order_id}", headers=desk)
    exported = await client.get("/desk/export.csv?tab=ended", headers=desk)
    by_api = await client.get("/api/v1/desk/call-backs", headers=bearer(street))

    assert [NUMBER in page.text for page in (listed, opened, order, exported, by_api)] == [False, True, *[False] * 3]
    assert refused == [403, 403, 403]
    assert "查看号码并拨打" in listed.text
    (item,) = json.loads(by_api.text)["items"]
    assert (item["call"]["order_id"], item["number"]["opened_count"]) == (order_id, 1)
    trace = await db.fetchrow("SELECT order_id, account_id FROM call_back_opening")
    assert tuple(trace) == (order_id, town.dispatcher.account_id)


async def test_an_unsatisfied_reporter_has_it_done_again_from_the_list(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = await make_closed(town, now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    await reports.rate(token, Rating(score=2), idempotency_key=None, now=now)
    desk, form = HTML | bearer(town.dispatcher), f"/desk/calls/{order_id}"

    wordless = await client.post(form, data={"result": "unsatisfied-again", "note": ""}, headers=desk)
    again = await client.post(form, data={"result": "unsatisfied-again", "note": "水管还在滴水"}, headers=desk)
    told = await client.get(f"/r/{token}", headers=HTML)
    done = await client.get("/desk/calls?tab=done", headers=desk)

    assert (wordless.status_code, again.status_code) == (422, 303)
    assert all(words in told.text for words in ("您反映未解决,重新办理", "水管还在滴水", "已结案"))
    assert all(words in done.text for words in ("不满意", "已重新办理", "水管还在滴水"))
