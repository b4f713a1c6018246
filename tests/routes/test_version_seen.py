"""Every form about an order says which version it showed, and so may a client of the API."""

import re

import httpx
import pytest

from backend import db
from backend.orders import verbs as orders
from backend.orders.model.inputs import Verify
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted, make_closed, make_handled, make_order, state_of
from tests.makers.town import SmallTown, make_staffed_unit, make_town

HTML = {"accept": "text/html"}
_FORM = re.compile(
    r'<form[^>]*method="post"[^>]*action="/(?:o|r|desk/calls)/(?![^"]*/number")[^"]*".*?</form>', re.DOTALL
)
"""All but the number to be called back under, which is of the reporter and not of the order."""
_VERSION = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture
async def town(client: httpx.AsyncClient, now) -> SmallTown:
    return await make_town(now)


async def _version(order_id: int) -> int:
    return await db.fetchval("SELECT version FROM work_order WHERE id = $1", order_id)


async def test_every_form_about_an_order_carries_the_version_that_it_shows(client, town, now):
    made = [await make(town, now) for make in (make_accepted, make_handled, make_closed)]
    forms = 0
    for order_id in made:
        pages = [
            await client.get(f"/o/{order_id}", headers=HTML | bearer(who))
            for who in (town.handlers[0], town.verifier, town.dispatcher)
        ]
        token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
        pages.append(await client.get(f"/r/{token}", headers=HTML))
        for form in [form for page in pages for form in _FORM.findall(page.text)]:
            assert _VERSION.findall(form) == [str(await _version(order_id))], form
            forms += 1
    assert forms > 12


async def test_a_form_from_before_a_rework_comes_back_with_its_words_and_the_order_as_it_is(client, town, now):
    order_id = await make_handled(town, now)
    seen = await _version(order_id)
    verifier = TransitionContext(actor=town.verifier, now=now)
    await orders.verify(order_id, Verify(result="fail", note="没做完"), verifier)
    await db.execute("UPDATE work_order SET state = 'handled', finished_at = $2 WHERE id = $1", order_id, now)
    form = {"result": "fail", "note": "路面没有恢复", "version": str(seen), "key": "verdict-of-mine"}

    answer = await client.post(f"/o/{order_id}/verify", data=form, headers=HTML | bearer(town.verifier))

    assert answer.status_code == 409
    assert "您看过之后,工单又有变化" in answer.text
    assert "路面没有恢复" in answer.text
    assert f'name="version" value="{await _version(order_id)}"' in answer.text


async def test_a_form_whose_version_cannot_be_read_judges_nothing(client, town, now):
    order_id = await make_handled(town, now)
    form = {"result": "pass", "version": "latest"}

    answer = await client.post(f"/o/{order_id}/verify", data=form, headers=HTML | bearer(town.verifier))

    assert (answer.status_code, await state_of(order_id)) == (409, "handled")


async def test_the_api_takes_if_match_and_answers_with_what_the_order_is_now(client, town, now):
    order_id = await make_handled(town, now)
    seen, path, headers = await _version(order_id), f"/api/v1/orders/{order_id}/verify", bearer(town.verifier)

    stale = await client.post(path, json={"result": "pass"}, headers=headers | {"if-match": f'"{seen - 1}"'})
    nonsense = await client.post(path, json={"result": "pass"}, headers=headers | {"if-match": "latest"})
    fresh = await client.post(path, json={"result": "pass"}, headers=headers | {"if-match": f'"{seen}"'})

    assert (stale.status_code, stale.json()["code"]) == (409, "order-changed")
    assert (stale.json()["extra"]["version"], stale.json()["extra"]["state"]) == (seen, "handled")
    assert nonsense.status_code == 400
    assert (fresh.status_code, await state_of(order_id)) == (200, "closed")


async def test_of_many_orders_those_that_have_changed_since_the_list_are_told(client, town, now):
    changed, same = [(await make_order(town, now)).receipt.order_id for _ in range(2)]
    unit, headers = await make_staffed_unit("sanitation"), bearer(town.dispatcher)
    one = {"unit_id": unit, "reason": "分工调整"}
    await client.post(f"/api/v1/orders/{changed}/reassign", json=one, headers=headers)
    many = one | {"order_ids": [changed, same], "versions": {changed: 1, same: 1}}

    answer = (await client.post("/api/v1/orders/bulk-reassign", json=many, headers=headers)).json()

    assert answer["done"] == [same]
    assert [each["code"] for each in answer["refused"]] == ["order-changed"]
