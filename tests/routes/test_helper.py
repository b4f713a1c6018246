"""A volunteer who took an order out of the pool: what is told of it while it is theirs, and nothing afterwards."""

import pytest

from backend import clock, db
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Finish, Verify
from backend.orders.transitions.transition import TransitionContext
from push import queries as push
from tests.makers.accounts import bearer
from tests.makers.duty import make_volunteer
from tests.makers.orders import make_order, make_photos
from tests.makers.town import make_staffed_unit, make_town
from tests.makers.worker import work

HTML = {"accept": "text/html"}
BINS = "A303"


@pytest.fixture
async def grabbed(client):
    now = clock.now()
    await make_staffed_unit("sanitation")
    town = await make_town(now)
    first = await make_volunteer(now, "前一位")
    helper = await make_volunteer(now, "王小二")
    order_id = (await make_order(town, now, item=BINS, description="桶满了")).receipt.order_id
    await orders.grab(order_id, first, now)
    await orders.offer_again(order_id, now, reason="given_back", until=now)
    await orders.grab(order_id, helper, now)
    return town, helper, order_id, now


async def test_a_helper_is_told_what_is_to_be_done_and_of_no_people(client, database, grabbed):
    town, helper, order_id, now = grabbed
    await orders.urge(order_id, "张主任说快一点", TransitionContext(actor=town.dispatcher, now=now))
    await work(database)

    told = (await client.get(f"/api/v1/orders/{order_id}", headers=bearer(helper))).json()
    (listed,) = (await client.get("/api/v1/orders", headers=bearer(helper))).json()["items"]
    page = (await client.get(f"/o/{order_id}", headers=HTML | bearer(helper))).text

    assert (told["audience"], told["description"], listed["id"]) == ("helper", "桶满了", order_id)
    assert told["allowed"] == ["check_in", "finish"]
    assert [(step["move"], step["actor_name"]) for step in told["steps"] if step["move"] != "clock"] == [
        ("open", ""),
        ("grab", "王小二"),
    ]
    assert [photo["role"] for photo in told["photos"]] == ["report"]
    assert f"/o/{order_id}/check-in" in page and "桶满了" in page
    for name in ("居民", "前一位", "张主任"):
        assert name not in page
        assert name not in str(told)
    messages = (await push.list_messages(helper.account_id, limit=9)).items
    assert [message.kind for message in messages] == ["OrderUrged"]
    assert "张主任" not in messages[0].body_zh


async def test_what_comes_back_to_a_helper_says_why(client, database, grabbed):
    town, helper, order_id, now = grabbed
    by = TransitionContext(actor=helper, now=now)
    await orders.check_in(order_id, CheckInInput(code=town.code), by)
    before, after = await make_photos(helper, 2)
    await orders.finish(order_id, Finish(before_photo_ids=[before], photo_ids=[after], note="已清运"), by)
    await orders.verify(
        order_id, Verify(result="fail", note="地面未扫"), TransitionContext(actor=town.verifier, now=now)
    )

    told = (await client.get(f"/api/v1/orders/{order_id}", headers=bearer(helper))).json()
    rework = told["steps"][-1]
    page = (await client.get(f"/o/{order_id}", headers=HTML | bearer(helper))).text
    top = page.partition('class="whereabouts"')[0]

    assert "“地面未扫”" in top and "核查员" not in top
    assert (told["state"], told["rework_count"]) == ("accepted", 1)
    assert (rework["move"], rework["actor_name"], rework["note"]) == ("rework", "", "地面未扫")
    assert "已清运" in [step["note"] for step in told["steps"]]
    assert sorted(photo["role"] for photo in told["photos"]) == ["after", "before", "report"]


@pytest.mark.parametrize("end", ["taken back", "closed"])
async def test_what_is_theirs_no_more_is_as_good_as_not_there(client, grabbed, end):
    _, helper, order_id, now = grabbed
    if end == "closed":
        await db.execute("UPDATE work_order SET state = 'closed', closed_at = now() WHERE id = $1", order_id)
    else:
        await orders.offer_again(order_id, now, reason="no_show", until=now)

    answer = await client.get(f"/api/v1/orders/{order_id}", headers=bearer(helper))
    page = await client.get(f"/o/{order_id}", headers=HTML | bearer(helper))
    listed = (await client.get("/api/v1/orders", headers=bearer(helper))).json()["items"]

    assert (answer.status_code, page.status_code, listed) == (404, 404, [])


async def test_a_dispatcher_puts_an_order_on_offer_from_its_page(client, now):
    now = clock.now()
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    desk = HTML | bearer(town.dispatcher) | {"origin": "http://127.0.0.1:8000"}
    form = {"key": "r-1", "window_min": "5", "people_needed": ""}

    refused = await client.post(f"/o/{order_id}/moves/release", data=form, headers=desk)
    await make_volunteer(now)
    done = await client.post(f"/o/{order_id}/moves/release", data=form, headers=desk)
    page = await client.get(done.headers["location"], headers=desk)

    assert (refused.status_code, done.status_code) == (409, 303)
    assert "无人值守" in refused.text and 'value="5"' in refused.text
    assert "待抢单" in page.text and "已放入抢单池" in page.text
