"""The inbox over HTTP: by order, read by opening and all at once; a page that is only looked at reads nothing."""

import re

from push import queries
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted, make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver

HTML = {"accept": "text/html"}
FORM = HTML | {"sec-fetch-site": "same-origin"}


async def test_the_page_shows_an_order_once_and_reads_up_to_what_it_showed(client, now):
    town = await make_town(now)
    handler = town.handlers[0]
    await make_order(town, now)
    await make_order(town, now)
    await deliver()
    page = (await client.get("/inbox?show=unread", headers=HTML | bearer(handler))).text
    [up_to] = re.findall(r'name="up_to" value="(\d+)"', page)
    assert page.count('<img class="thumb"') == 2 and page.count(">未读</span>") == 2
    assert re.search(r'id="unread"><span>2</span>', page)
    await make_order(town, now)
    await deliver()

    sent = await client.post("/inbox/read", data={"up_to": up_to, "show": "unread"}, headers=FORM | bearer(handler))

    assert (sent.status_code, sent.headers["location"]) == (303, "/inbox?show=unread")
    assert await queries.count_unread(handler.account_id) == 1
    everything = (await client.get("/inbox", headers=HTML | bearer(handler))).text
    assert everything.count('<img class="thumb"') == 3 and everything.count(">未读</span>") == 1


async def test_an_order_is_read_by_what_its_page_sends_and_not_by_being_fetched(client, now):
    town = await make_town(now)
    resident, dispatcher = bearer(town.resident), bearer(town.dispatcher)
    order_id = await make_accepted(town, now)
    await deliver()
    handler = bearer(town.handlers[0])

    page = await client.get(f"/o/{order_id}", headers=HTML | handler)
    state = (await client.get("/api/v1/inbox/state", headers=resident)).json()
    listed = (await client.get("/api/v1/inbox/threads?unread=true", headers=resident)).json()["items"]
    assert f'data-read="/api/v1/inbox/orders/{order_id}/read"' in page.text
    assert (state["unread"], [each["order_id"] for each in listed]) == (1, [order_id])

    foreign = await client.post(f"/api/v1/inbox/orders/{order_id}/read", headers=dispatcher)
    still = (await client.get("/api/v1/inbox/state", headers=resident)).json()["unread"]
    own = await client.post(f"/api/v1/inbox/orders/{order_id}/read", headers=resident)

    assert (foreign.status_code, still, own.status_code) == (204, 1, 204)
    assert (await client.get("/api/v1/inbox/state", headers=resident)).json() == {"unread": 0, "ring": None}


async def test_opening_a_message_reads_what_came_before_about_its_order(client, now):
    town = await make_town(now)
    await make_accepted(town, now)
    await deliver()
    message_id = (await queries.list_messages(town.resident.account_id, limit=1)).items[0].id

    opened = await client.get(f"/inbox/{message_id}", headers=HTML | bearer(town.resident), follow_redirects=False)

    assert opened.status_code == 303
    assert await queries.count_unread(town.resident.account_id) == 0
