"""What a reporter may ask for by the link, as plain forms: that somebody hurries, that work begins again."""

from datetime import datetime, timedelta

import httpx
import pytest

from backend import clock, db
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import Rating
from tests.makers.orders import make_closed, make_order, state_of
from tests.makers.town import SmallTown, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_a_reporter_urges_once_in_half_an_hour(client: httpx.AsyncClient, town: SmallTown) -> None:
    token = (await make_order(town, clock.now())).receipt.tracking_token

    offered = await client.get(f"/r/{token}", headers=HTML)
    urged = await client.post(f"/r/{token}/urge", data={"note": "还在"}, headers=HTML)
    after = await client.get(f"/r/{token}?done=urge", headers=HTML)
    again = await client.post(f"/r/{token}/urge", data={"note": "还在这里"}, headers=HTML)

    assert f'action="/r/{token}/urge"' in offered.text
    assert urged.headers["location"] == f"/r/{token}?done=urge"
    assert "后可以再催" in after.text
    assert f'action="/r/{token}/urge"' not in after.text
    assert again.status_code == 409
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'urge'") == 1


async def test_what_is_not_solved_is_reopened_once_with_a_reason(client: httpx.AsyncClient, town: SmallTown) -> None:
    order_id = await make_closed(town, clock.now())
    token = await _token(order_id)

    bare = await client.post(f"/r/{token}/reopen", data={}, headers=HTML)
    reopened = await client.post(f"/r/{token}/reopen", data={"reason": "还在"}, headers=HTML)
    state = await state_of(order_id)
    again = await client.post(f"/r/{token}/reopen", data={"reason": "又来"}, headers=HTML)

    assert bare.status_code == 422
    assert (reopened.headers["location"], state) == (f"/r/{token}?done=reopen", "dispatched")
    assert again.status_code == 409


async def test_the_link_says_why_an_order_cannot_be_reopened(client: httpx.AsyncClient, town: SmallTown) -> None:
    old = await make_closed(town, clock.now() - timedelta(days=8))
    twice = await make_closed(town, clock.now())
    await reports.reopen(await _token(twice), "还在", idempotency_key=None, now=clock.now())
    await db.execute("UPDATE work_order SET state = 'closed', closed_at = now() WHERE id = $1", twice)

    pages = [(await client.get(f"/r/{await _token(each)}", headers=HTML)).text for each in (old, twice)]

    assert ["超过七天" in page for page in pages] == [True, False]
    assert ["已重新办理过一次" in page for page in pages] == [False, True]
    assert all("/reopen" not in page for page in pages)


async def test_an_unhappy_reporter_reads_that_somebody_will_call(client: httpx.AsyncClient, town: SmallTown) -> None:
    order_id = await make_closed(town, clock.now())
    token = await _token(order_id)
    await reports.rate(token, Rating(score=1), idempotency_key=None, now=clock.now())

    page = await client.get(f"/r/{token}", headers=HTML)

    assert "工作人员会回访核实" in page.text
    assert '<details class="card" id="reopen" open>' in page.text


@pytest.mark.parametrize("score", ["", "12", "0", "²", "x"])
async def test_a_rating_that_is_none_of_the_five_is_asked_for_again(
    client: httpx.AsyncClient, town: SmallTown, score: str
) -> None:
    token = await _token(await make_closed(town, clock.now()))

    answer = await client.post(f"/r/{token}/rating", data={"score": score}, headers=HTML)

    assert answer.status_code == 400
    assert "请选择 1 至 5 分" in answer.text
    assert await db.fetchval("SELECT rating FROM work_order") is None


async def test_the_api_says_what_may_be_asked_for(client: httpx.AsyncClient, town: SmallTown) -> None:
    order_id = await make_closed(town, clock.now())
    token = await _token(order_id)
    before = await client.get(f"/api/v1/tracking/{token}")
    await orders.reopen(order_id, "还在", TransitionContext(actor=town.resident, now=clock.now()))

    after = await client.get(f"/api/v1/tracking/{token}")

    keys = ("may_urge", "may_reopen")
    assert [before.json()[key] for key in keys] == [False, True]
    assert [after.json()[key] for key in keys] == [True, False]


async def _token(order_id: int) -> str:
    return await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
